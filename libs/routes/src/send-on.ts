import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { isBlank, canBeSentOn, ruleOfRoute } from '#domain';
import { Refused } from '#platform';
import { noteChange } from '#referrals';
import { Database, once, type Transaction } from '#store';
import { findLive } from './find-live.ts';
import { localitiesInForce } from './localities/localities-in-force.ts';
import { endRoute, sendRoute, type LiveRoute, type Sending } from './route-state.ts';

export interface SendOnCommand {
  readonly reference: string;
  /** The route that the person had on the page. */
  readonly routeId: string;
  /** The code of a locality team; empty for a kind that goes to no team. */
  readonly team: string;
  /** The worker or the authority; empty for a kind that goes to no person by name. */
  readonly recipient: string;
  /** Why; may be empty where none had been chosen. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person chooses whom a family goes to, or sends it on to others. The time for an answer begins anew. */
@Injectable()
export class SendOn {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `route-changed-meanwhile`, `route-not-awaited` where `canBeSentOn` says no, `no-such-team`,
   * `route-without-recipient`, `sent-on-without-reason`, or `form-sent-before`
   */
  async execute({ reference, routeId, formId, by, ...to }: SendOnCommand): Promise<void> {
    const form = { id: formId, kind: 'send-on', answers: { reference, routeId, ...to } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { referral, route } = await findLive(tx, reference, routeId);
        if (!canBeSentOn(route)) throw new Refused('route-not-awaited');
        if (route.state !== 'no_recipient' && isBlank(to.reason)) throw new Refused('sent-on-without-reason');
        const sending = await sendingTo(tx, route, to);
        await endRoute(tx, referral.reference, route, 'sent_on');
        const next = await sendRoute(tx, this.policies, referral, sending);
        await noteChange(tx, referral.id);
        const { kind, team } = sending;
        const act = route.state === 'no_recipient' ? 'route.chosen' : 'route.sent-on';
        await tx.insert(auditEntry(tx, act, referral.id, { routeId: next, kind, team, before: routeId }));
        return {};
      }),
    );
  }
}

async function sendingTo(
  tx: Transaction,
  { decisionId, kind }: LiveRoute,
  to: Pick<SendOnCommand, 'team' | 'recipient' | 'reason'>,
): Promise<Sending> {
  const reason = isBlank(to.reason) ? null : to.reason.trim();
  const none = { decisionId, kind, team: null, recipient: null, localityVersion: null, chosenBy: null, reason };
  const { goesTo } = ruleOfRoute(kind);
  if (goesTo === 'one') return none;
  if (goesTo === 'named') {
    if (isBlank(to.recipient)) throw new Refused('route-without-recipient');
    return { ...none, recipient: to.recipient.trim(), chosenBy: 'person' };
  }
  const { version: localityVersion, localities } = await localitiesInForce(tx);
  if (!localities.teams.some(({ code }) => code === to.team)) throw new Refused('no-such-team');
  return { ...none, team: to.team, localityVersion, chosenBy: 'person' };
}
