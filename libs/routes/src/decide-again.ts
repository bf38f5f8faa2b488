import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { stopFeedback } from '#feedback';
import { Refused } from '#platform';
import { reopenDecided } from '#referrals';
import { Database, once } from '#store';
import { findLive } from './find-live.ts';
import { endRoute } from './route-state.ts';

export interface DecideAgainCommand {
  readonly reference: string;
  /** The route that the person had on the page. */
  readonly routeId: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person opens a referral again, because those whom it was sent to do not take it, or hand it back. It is back on the queue. */
@Injectable()
export class DecideAgain {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `route-changed-meanwhile`, `route-not-awaited` while the referral is not decided, or `form-sent-before` */
  async execute({ reference, routeId, formId, by }: DecideAgainCommand): Promise<void> {
    const form = { id: formId, kind: 'decide-again', answers: { reference, routeId } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { referral, route } = await findLive(tx, reference, routeId);
        if (referral.status !== 'decided') throw new Refused('route-not-awaited');
        await endRoute(tx, referral.reference, route, 'decided_again');
        await reopenDecided(tx, this.policies, referral);
        const { decisionId } = route;
        await stopFeedback(tx, decisionId);
        await tx.insert(auditEntry(tx, 'referral.reopened-by-route', referral.id, { decisionId, routeId }));
        return {};
      }),
    );
  }
}
