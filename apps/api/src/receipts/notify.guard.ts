import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { RefusalRecord } from '#audit';
import { ApiSettings, Refused } from '#platform';
import { SERVICE } from '#store';
import type { Request } from 'express';

/** Lets through what has the token that Notify was given. Takes as long for a wrong token as for a right one. A hub without one takes none. */
@Injectable()
export class NotifyGuard implements CanActivate {
  constructor(
    private readonly settings: ApiSettings,
    private readonly record: RefusalRecord,
  ) {}

  /** @throws Refused `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<Request>();
    const { NOTIFY_CALLBACK_TOKEN: token } = this.settings;
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)) return true;
    await this.record.note({ act: 'credential.rejected', actor: SERVICE, details: { why: 'notify' } });
    throw new Refused('not-found');
  }
}
