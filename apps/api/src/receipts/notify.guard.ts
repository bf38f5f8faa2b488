import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ApiSettings, Refused } from '#platform';
import type { Request } from 'express';

/** Lets through what has the token that Notify was given. Takes as long whatever the token is. A hub without one takes none. */
@Injectable()
export class NotifyGuard implements CanActivate {
  constructor(private readonly settings: ApiSettings) {}

  /** @throws Refused `not-found` */
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    const { NOTIFY_CALLBACK_TOKEN: token } = this.settings;
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)) return true;
    throw new Refused('not-found');
  }
}
