import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isShown, type StaffActor } from '#access';
import { RefusalRecord } from '#audit';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { Database } from '#store';

const OPENS_RESTRICTED = 'mash:opens-restricted';

/** The page on which a person says why they open a restricted record. */
export const OpensRestricted = () => SetMetadata(OPENS_RESTRICTED, true);

/**
 * The wall before every page of one referral: for a person who may not open it there is no such page, now or when it is
 * added, as there is none of a reference that no referral has. Runs after it is known who asks.
 */
@Injectable()
export class RestrictedGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly record: RefusalRecord,
  ) {}

  /** @throws Refused `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { actor, params } = context
      .switchToHttp()
      .getRequest<{ actor?: StaffActor; params?: Readonly<Record<string, string>> }>();
    const reference = parseReferralReference(params?.['reference'] ?? '');
    if (actor === undefined || reference === null) return true;
    // A person of an agency is behind its wall, and restrictions hide nothing that it sent: its pages look, and note what is refused.
    if (actor.agencyId) return true;
    if (this.reflector.getAllAndOverride<boolean>(OPENS_RESTRICTED, [context.getHandler(), context.getClass()]))
      return true;
    const shown = await this.database.as(actor).transaction((tx) => isShown(tx, reference, actor));
    if (shown === true) return true;
    if (shown === false)
      await this.record.note({ act: 'access.refused', actor, reference, details: { code: 'restricted' } });
    throw new Refused('not-found');
  }
}
