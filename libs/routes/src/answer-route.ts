import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { ruleOfRoute } from '#domain';
import { Refused } from '#platform';
import { noteChange } from '#referrals';
import { Database, once } from '#store';
import { findLive } from './find-live.ts';
import { answerRoute, mustBeBetween } from './route-state.ts';

export interface AnswerRouteCommand {
  readonly reference: string;
  /** The route that the person had on the page. */
  readonly routeId: string;
  readonly answer: 'accepted' | 'returned';
  /** Who of the team answered, by name. */
  readonly answeredBy: string;
  /** When they did; null for now. */
  readonly answeredAt: Temporal.Instant | null;
  /** Why it comes back; empty for one that is accepted. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person of the hub records what those answered whom a family was sent to. */
@Injectable()
export class AnswerRoute {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `route-changed-meanwhile`, `route-not-awaited`, `answered-at-another-time` for an instant before it was sent
   * or ahead, or `form-sent-before`
   */
  async execute(command: AnswerRouteCommand): Promise<void> {
    const { reference, routeId, answer, answeredBy, reason, formId, by } = command;
    const answers = { reference, routeId, answer, answeredBy, at: command.answeredAt?.toString() ?? null, reason };
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'answer-route', answers }, async () => {
        const { referral, route } = await findLive(tx, reference, routeId);
        // What the edge of care service answers is its first response to the family.
        const isResponse = ruleOfRoute(route.kind).awaits === 'first_response';
        if (isResponse && answer === 'accepted') throw new Refused('route-not-awaited');
        const answeredAt = command.answeredAt ?? tx.now;
        mustBeBetween(answeredAt, { sentAt: route.sentAt, now: tx.now });
        const answerReason = answer === 'returned' ? reason : null;
        await answerRoute(tx, this.policies, referral, route, { answer, answeredBy, answeredAt, answerReason });
        await noteChange(tx, referral.id);
        await tx.insert(
          auditEntry(tx, `route.${answer}`, referral.id, { routeId, kind: route.kind, team: route.team }),
        );
        return {};
      }),
    );
  }
}
