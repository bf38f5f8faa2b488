import { Injectable } from '@nestjs/common';
import { councilNow, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { feedbackWords, parseReferralReference, type FeedbackActKind, type FeedbackWords, type Outcome } from '#domain';
import { Settings } from '#platform';
import { Database, sql, type Feedback, type Transaction } from '#store';

/** What was done about an answer, and by whom. */
export interface DoneAboutFeedback {
  readonly kind: FeedbackActKind;
  readonly words: string | null;
  /** Null for the service. */
  readonly by: string | null;
  readonly at: Temporal.Instant;
}

type Told = Pick<
  Feedback,
  'id' | 'decisionId' | 'audience' | 'way' | 'whyByPerson' | 'state' | 'owedAt' | 'dueAt' | 'settledAt'
>;

/** The answer to the referrer of one decision. */
export interface FeedbackOfReferral extends Told {
  readonly words: FeedbackWords;
  /** The earliest first. */
  readonly acts: readonly DoneAboutFeedback[];
}

/** A line of the list of answers. */
export interface FeedbackLine extends Told {
  readonly reference: string;
  /** Empty where the person may not open the referral. */
  readonly agency: string;
  readonly decidedBy: string;
  readonly last: DoneAboutFeedback | null;
}

/** Which answers are listed: those that are owed, those that wait for a manager's leave, or those that are settled. */
export const FEEDBACK_VIEWS = ['owed', 'awaiting_leave', 'settled'] as const;
export type FeedbackView = (typeof FEEDBACK_VIEWS)[number];

export interface FeedbackList {
  readonly lines: readonly FeedbackLine[];
  /** How many there are of each, listed or not; of those that are settled, in the last {@link COUNTED_DAYS} days. */
  readonly counts: Readonly<Record<FeedbackView, number>>;
  /** Of the answers that fell due in the last {@link COUNTED_DAYS} days: all, and those told by then. */
  readonly promptness: { readonly due: number; readonly inTime: number };
  readonly now: Temporal.Instant;
}

/** The days over which the list counts. */
export const COUNTED_DAYS = 28;
/** The lines that a list shows. */
export const FEEDBACK_SHOWN = 200;

const TOLD = sql`f.id, f.decision_id AS "decisionId", f.audience, f.way, f.why_by_person AS "whyByPerson", f.state,
  f.owed_at AS "owedAt", f.due_at AS "dueAt", f.settled_at AS "settledAt"`;

/** Shows who was told what of a decision, and who has not been told. */
@Injectable()
export class ReadFeedback {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** The answers of a referral, the latest first, but those that were withdrawn. The caller has opened the referral. */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly FeedbackOfReferral[]> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.rows<Told & { outcome: Outcome; reason: string }>(sql`
        SELECT ${TOLD}, f.reason, d.outcome
        FROM referral r JOIN feedback f ON f.referral_id = r.id JOIN decision d ON d.id = f.decision_id
        WHERE r.reference = ${parseReferralReference(reference) ?? ''} AND f.state <> 'withdrawn'
        ORDER BY f.owed_at DESC, f.id DESC`);
      const acts = await actsOf(tx, found);
      const { hubPhone } = await councilNow(tx, this.settings);
      return found.map(({ outcome, reason, ...told }) => ({
        ...told,
        words: feedbackWords({ outcome, audience: told.audience, reason, hubPhone }),
        acts: acts.get(told.id) ?? [],
      }));
    });
  }

  /** Who has not been told, the longest first; those who have, the latest first. */
  async list(view: FeedbackView, by: StaffActor): Promise<FeedbackList> {
    return this.database.as(by).transaction(async (tx) => {
      const since = tx.now.subtract({ hours: COUNTED_DAYS * 24 });
      // An answer that is owed is owed also where the person may not open the referral: its line says when, and no word.
      const lines = await tx.overAll((all) =>
        all.rows<Omit<FeedbackLine, 'agency' | 'last'>>(sql`
        SELECT ${TOLD}, r.reference, decider.name AS "decidedBy"
        FROM feedback f JOIN referral r ON r.id = f.referral_id
        JOIN decision d ON d.id = f.decision_id JOIN staff_member decider ON decider.id = d.decided_by
        WHERE CASE WHEN ${view === 'settled'} THEN f.settled_at > ${since} AND f.state IN ('told', 'not_told')
          ELSE f.state = ${view} END
        ORDER BY f.settled_at DESC NULLS LAST, f.due_at, f.id LIMIT ${FEEDBACK_SHOWN}`),
      );
      const agencies = await agenciesOf(tx, lines);
      const counts = (await tx.overAll((all) =>
        all.row<FeedbackList['counts']>(sql`
        SELECT (SELECT count(*)::int FROM feedback WHERE state = 'owed') AS owed,
          (SELECT count(*)::int FROM feedback WHERE state = 'awaiting_leave') AS awaiting_leave,
          (SELECT count(*)::int FROM feedback WHERE state IN ('told', 'not_told') AND settled_at > ${since}) AS settled`),
      ))!;
      const promptness = (await tx.overAll((all) =>
        all.row<FeedbackList['promptness']>(sql`
        SELECT count(*)::int AS due, count(*) FILTER (WHERE state = 'told' AND settled_at <= due_at)::int AS "inTime"
        FROM feedback WHERE due_at > ${since} AND due_at <= ${tx.now} AND audience = 'professional'
          AND state IN ('owed', 'told', 'not_told')`),
      ))!;
      const acts = await actsOf(tx, lines);
      await tx.insert(auditEntry(tx, 'feedback.read', null, { view, count: lines.length }));
      return {
        lines: lines.map((line) => ({
          ...line,
          agency: agencies.get(line.id) ?? '',
          last: acts.get(line.id)?.at(-1) ?? null,
        })),
        ...{ counts, promptness, now: tx.now },
      };
    });
  }
}

/** The agency that each answer goes to, of those that the person may open. */
async function agenciesOf(tx: Transaction, of: readonly Pick<Feedback, 'id'>[]): Promise<ReadonlyMap<string, string>> {
  const found = await tx.rows<{ id: string; agency: string }>(sql`
    SELECT f.id, agency.name AS agency
    FROM feedback f JOIN referral r ON r.id = f.referral_id JOIN agency ON agency.id = r.agency_id
    WHERE f.id = ANY(${of.map(({ id }) => id)}::uuid[])`);
  return new Map(found.map(({ id, agency }) => [id, agency]));
}

async function actsOf(
  tx: Transaction,
  of: readonly Pick<Feedback, 'id'>[],
): Promise<ReadonlyMap<string, readonly DoneAboutFeedback[]>> {
  const acts = await tx.rows<DoneAboutFeedback & { feedbackId: string }>(sql`
    SELECT a.feedback_id AS "feedbackId", a.kind, a.words, s.name AS by, a.at
    FROM feedback_act a LEFT JOIN staff_member s ON s.id = a.by
    WHERE a.feedback_id = ANY(${of.map(({ id }) => id)}::uuid[]) ORDER BY a.at, a.id`);
  return Map.groupBy(acts, ({ feedbackId }) => feedbackId);
}
