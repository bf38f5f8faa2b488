import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { followUpRows, followUpSubject, Policies, type PolicyInForce } from '#deadlines';
import { after, armFollowUp, followUpSpan } from '#domain';
import { Refused } from '#platform';
import { Consultation, ConsultationChild, Database, once, rowsOf, sql, type RowsOf, type Transaction } from '#store';
import { readConsultations, type ConsultedChild, type RecordedConsultation } from './read-consultations.ts';

export const CONSULTATION_OUTCOMES = ['referral_advised', 'early_help_advised', 'advice_only'] as const;

/** Whom advice may be asked about at once, as many as the form has room for. */
export const CONSULTED_AT_MOST = 4;

export interface NewConsultation {
  /** The form that it is sent from, a UUID. */
  readonly id: string;
  readonly agencyId: string;
  readonly caller: string;
  readonly role: string;
  readonly question: string;
  readonly advice: string;
  readonly outcome: Consultation['outcome'];
  /** The children whom it is about, each with a name; left out where the caller names none. */
  readonly children?: readonly ConsultedChild[];
}

/** What is read of the advice given. */
interface ReadConsultations {
  readonly consultations: readonly RecordedConsultation[];
  readonly now: Temporal.Instant;
}

/** As many as a page shows; the latest. */
const SHOWN = 50;

/** The subject of the deadline by which a referral that was advised comes. A consultation has no reference. */
export const subjectOfAdvice = (id: string) => followUpSubject('Advice', id);

/** Advice given to a person who asked and did not refer. It is kept, so that a later referral finds it. */
@Injectable()
export class Consultations {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Where a referral was advised, a clock runs until it comes or a person says that none is expected.
   *
   * @throws Refused `form-sent-before` when the form was sent with other answers
   */
  async record(consultation: NewConsultation, by: StaffActor): Promise<void> {
    const { children = [], ...said } = consultation;
    const { id, outcome } = said;
    const answers = children.length === 0 ? said : consultation;
    await this.database.as(by).transaction((tx) =>
      once(tx, { id, kind: 'consultation', answers, about: id }, async () => {
        const clock = outcome === 'referral_advised' ? clockOf(tx, await this.policies.inForce(tx), id, by) : [];
        await tx.insert(
          rowsOf(Consultation, { ...said, givenBy: by.id, givenAt: tx.now }),
          ...(await childrenRows(tx, id, children)),
          ...clock,
          auditEntry(tx, 'consultation.recorded', null, { consultationId: id, outcome }),
        );
        return {};
      }),
    );
  }

  /** The latest. */
  async read(by: StaffActor): Promise<ReadConsultations> {
    return this.database.as(by).transaction(async (tx) => {
      const latest = await tx.rows<{ id: string }>(
        sql`SELECT id FROM consultation ORDER BY given_at DESC, id DESC LIMIT ${SHOWN}`,
      );
      return readOnRecord(
        tx,
        latest.map(({ id }) => id),
      );
    });
  }

  /** One, by its id. @throws Refused `not-found` */
  async readOne(id: string, by: StaffActor): Promise<ReadConsultations> {
    return this.database.as(by).transaction(async (tx) => {
      if ((await tx.one(Consultation, { id }, ['id'])) === null) throw new Refused('not-found');
      return readOnRecord(tx, [id], { consultationId: id });
    });
  }

  /** Whether the advice of a form has been recorded, by whomever. */
  async isRecorded(id: string, by: StaffActor): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => (await tx.one(Consultation, { id }, ['id'])) !== null);
  }
}

async function readOnRecord(
  tx: Transaction,
  ids: readonly string[],
  one: { readonly consultationId?: string } = {},
): Promise<ReadConsultations> {
  const consultations = await readConsultations(tx, ids);
  await tx.insert(auditEntry(tx, 'consultations.read', null, { count: consultations.length, ...one }));
  return { consultations, now: tx.now };
}

/** How urgent it is that a referral comes which was advised: who asked could refer a child in danger at once. */
const RATING = 'green';

function clockOf(tx: Transaction, inForce: PolicyInForce, id: string, by: StaffActor): readonly RowsOf[] {
  const { policy, calendar } = inForce;
  const dueAt = after(calendar, tx.now, followUpSpan(policy, 'referral_advised', RATING));
  const armed = armFollowUp(calendar, 'referral_advised', { rating: RATING, startedAt: tx.now, dueAt });
  const about = { kind: 'referral_advised', subject: subjectOfAdvice(id), ownerId: by.id } as const;
  return followUpRows(tx, about, armed, inForce);
}

async function childrenRows(
  tx: Transaction,
  consultationId: string,
  children: readonly ConsultedChild[],
): Promise<readonly RowsOf[]> {
  if (children.length === 0) return [];
  const called = children.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  const folded = await tx.rows<Pick<ConsultationChild, 'name' | 'sounds' | 'nameKey'>>(sql`
    SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS "nameKey"
    FROM unnest(${called}::text[]) WITH ORDINALITY AS child (called, place), mash.fold(called) AS folded ORDER BY place`);
  const rows = children.map((child, position) => ({ consultationId, position, ...child, ...folded[position]! }));
  return [rowsOf(ConsultationChild, ...rows)];
}
