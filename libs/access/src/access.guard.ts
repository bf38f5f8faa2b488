import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { RefusalRecord } from '#audit';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { may, scopeMissing, type AccessActor } from './policy.ts';
import { whoMayInWords } from './who-may.ts';
import { routeAccess } from './route-access.ts';

/** Finds out who asks. Each app knows its own way: a bearer token, a session. */
export abstract class Identify {
  /** @throws what the app answers an unknown person with */
  abstract identify(request: unknown): Promise<AccessActor>;
}

/** For an app that serves nothing but what is open to all. */
export class NoActorIdentified extends Identify {
  async identify(): Promise<never> {
    throw new Refused('not-found');
  }
}

/** The wall before every route of an app. Deny by default: a route that declares nothing is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly who: Identify,
    private readonly record: RefusalRecord,
  ) {}

  /** @throws Refused `not-found`, or `insufficient-scope` for a token of an agency that is not good for it */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = routeAccess(context.getHandler(), context.getClass());
    if (access === null) throw new Refused('not-found');
    if ('openBecause' in access) return true;
    const request = context
      .switchToHttp()
      .getRequest<{ actor?: AccessActor; params?: Readonly<Record<string, string>> }>();
    request.actor = await this.who.identify(request);
    if (may(request.actor, access.action)) return true;
    const scope = scopeMissing(request.actor, access.action);
    const code = scope === null ? 'not-found' : 'insufficient-scope';
    const details = { code, action: access.action };
    const reference = parseReferralReference(request.params?.['reference'] ?? '') ?? undefined;
    await this.record.note({ act: 'access.refused', actor: request.actor, reference, details });
    if (scope !== null) throw new Refused('insufficient-scope');
    // The role alone decides, before anything is looked up: the answer is the same for what is there and what is not.
    throw Refused.byPolicy(request.actor.kind === 'staff' ? whoMayInWords(access.action) : null);
  }
}
