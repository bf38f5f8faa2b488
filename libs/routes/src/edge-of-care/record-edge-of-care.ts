import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { edgeOfCareFault, localDate, type EdgeOfCareEventKind } from '#domain';
import { Refused } from '#platform';
import { noteChange } from '#referrals';
import { Database, EdgeOfCareEvent, once, rowsOf, sql } from '#store';
import { answerRoute, mustBeBetween } from '../route-state.ts';
import { edgeOfCareOf } from './edge-of-care-of.ts';

export interface RecordEdgeOfCareCommand {
  readonly reference: string;
  readonly kind: EdgeOfCareEventKind;
  /** A local date, `YYYY-MM-DD`. */
  readonly on: string;
  /** The instant of a first response; null for every other event. */
  readonly at: Temporal.Instant | null;
  /** Who of the service, by name. */
  readonly who: string;
  /** More about it; empty where nothing was said. */
  readonly words: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** What happened to a family at the edge of care. The first response ends its clock. */
@Injectable()
export class RecordEdgeOfCare {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `not-at-the-edge-of-care`, `edge-of-care-out-of-order` where `edgeOfCareFault` has a
   * fault, `answered-at-another-time` for a first response before it was sent or ahead, `route-not-awaited`, or
   * `form-sent-before`
   */
  async execute({ reference, kind, on, at, who, words, formId, by }: RecordEdgeOfCareCommand): Promise<void> {
    const form = {
      id: formId,
      kind: 'edge-of-care-event',
      answers: { reference, kind, on, at: at?.toString() ?? null, who, words },
    };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { referral, route } = await edgeOfCareOf(tx, reference);
        const { calendar } = await this.policies.inForce(tx);
        const { decisionId } = route;
        const before = await tx.rows<{ kind: EdgeOfCareEventKind; on: string }>(sql`
          SELECT kind, on_date::text AS on FROM edge_of_care_event WHERE decision_id = ${decisionId}`);
        const fault = edgeOfCareFault(
          { kind, on: Temporal.PlainDate.from(on) },
          before.map((one) => ({ ...one, on: Temporal.PlainDate.from(one.on) })),
          { sentOn: localDate(calendar, route.sentAt), today: localDate(calendar, tx.now) },
        );
        if (fault !== null) throw new Refused('edge-of-care-out-of-order');
        if (kind === 'first_response') {
          const answeredAt = at ?? tx.now;
          mustBeBetween(answeredAt, { sentAt: route.sentAt, now: tx.now });
          const answer = { answer: 'accepted', answeredBy: who, answeredAt, answerReason: null } as const;
          await answerRoute(tx, this.policies, referral, route, answer);
        }
        const id = randomUUIDv7();
        const said = [who, words].filter((one) => one !== '').join(': ') || null;
        await noteChange(tx, referral.id);
        await tx.insert(
          rowsOf(EdgeOfCareEvent, {
            ...{ id, referralId: referral.id, decisionId, kind, onDate: on, words: said },
            ...{ recordedBy: by.id, recordedAt: tx.now },
          }),
          auditEntry(tx, 'edge-of-care.recorded', referral.id, { eventId: id, kind, on }),
        );
        return {};
      }),
    );
  }
}
