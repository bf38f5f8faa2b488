import { Injectable } from '@nestjs/common';
import { mustNotBeHidden, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { parseReferralReference, type ChallengeAspect, type Rating } from '#domain';
import { Refused } from '#platform';
import { Database, sql } from '#store';
import { LAST_ANSWER, STATE_OF_CHALLENGE, type ChallengeState } from './challenge-state.ts';

/** A challenge as a list shows it. */
export interface ChallengeLine {
  readonly id: string;
  readonly reference: string;
  readonly rating: Rating;
  readonly aspect: ChallengeAspect;
  readonly state: ChallengeState;
  readonly by: string;
  readonly byId: string;
  readonly madeAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  /** When the answer was accepted; null before. */
  readonly settledAt: Temporal.Instant | null;
}

/** An answer, with what the person who made the challenge said to it; instants are RFC 3339. */
export interface ChallengeTurn {
  readonly id: string;
  readonly answer: string;
  readonly by: string;
  readonly at: string;
  readonly reply: {
    readonly result: 'accepted' | 'returned';
    readonly words: string | null;
    readonly by: string;
    readonly at: string;
  } | null;
}

/** A challenge in full. */
export interface ChallengePage extends ChallengeLine {
  readonly question: string;
  /** The person who made it does not work here any more. */
  readonly isOrphaned: boolean;
  /** The first first. */
  readonly turns: readonly ChallengeTurn[];
}

/** As many settled ones as a list shows; the latest. */
const SETTLED_SHOWN = 100;

/** Challenges: all of them, one of them, those of a referral. */
@Injectable()
export class ReadChallenges {
  constructor(private readonly database: Database) {}

  /** Those that are not settled, what is due first before the others, and the latest that are. */
  async all(by: StaffActor): Promise<{
    readonly open: readonly ChallengeLine[];
    readonly settled: readonly ChallengeLine[];
    readonly now: Temporal.Instant;
  }> {
    return this.database.as(by).transaction(async (tx) => {
      // A line has no word about a child, and a challenge that is not answered shows to every manager.
      const open = await tx.overAll((all) =>
        all.rows<ChallengeLine>(sql`
        SELECT ${LINE} FROM ${CHALLENGES} WHERE y.result IS DISTINCT FROM 'accepted' ORDER BY c.due_at, c.id`),
      );
      const settled = await tx.overAll((all) =>
        all.rows<ChallengeLine>(sql`
        SELECT ${LINE} FROM ${CHALLENGES} WHERE y.result = 'accepted'
        ORDER BY y.replied_at DESC, c.id LIMIT ${SETTLED_SHOWN}`),
      );
      await tx.insert(auditEntry(tx, 'challenges.read', null, { open: open.length, settled: settled.length }));
      return { open, settled, now: tx.now };
    });
  }

  /** @throws Refused `not-found` */
  async one({
    id,
    by,
  }: {
    id: string;
    by: StaffActor;
  }): Promise<{ readonly challenge: ChallengePage; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.row<ChallengePage & { referralId: string }>(sql`
        SELECT ${IN_FULL}, c.referral_id AS "referralId" FROM ${CHALLENGES} WHERE c.id = ${id}`);
      if (found === null) throw new Refused('not-found');
      const { referralId, ...challenge } = found;
      await mustNotBeHidden(tx, referralId);
      await tx.insert(auditEntry(tx, 'challenge.read', referralId, { challengeId: id }));
      return { challenge, now: tx.now };
    });
  }

  /** The challenges of one referral, the latest first, for its own page: the person who opens that page is on the record by it. */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly ChallengePage[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<ChallengePage>(sql`
        SELECT ${IN_FULL} FROM ${CHALLENGES} WHERE r.reference = ${parseReferralReference(reference) ?? ''}
        ORDER BY c.made_at DESC, c.id DESC`),
    );
  }
}

const CHALLENGES = sql`challenge c JOIN referral r ON r.id = c.referral_id JOIN staff_member m ON m.id = c.made_by
  ${LAST_ANSWER}`;

const LINE = sql`c.id, r.reference, r.rating, c.aspect, ${STATE_OF_CHALLENGE} AS state, m.name AS by, m.id AS "byId",
  c.made_at AS "madeAt", c.due_at AS "dueAt", CASE WHEN y.result = 'accepted' THEN y.replied_at END AS "settledAt"`;

const IN_FULL = sql`${LINE}, c.question, NOT m.is_active AS "isOrphaned",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'answer', o.answer, 'by', s.name, 'at', o.answered_at,
     'reply', CASE WHEN p.answer_id IS NOT NULL THEN jsonb_build_object('result', p.result, 'words', p.words,
       'by', q.name, 'at', p.replied_at) END) ORDER BY o.answered_at, o.id), '[]')
   FROM challenge_answer o JOIN staff_member s ON s.id = o.answered_by
   LEFT JOIN challenge_reply p ON p.answer_id = o.id LEFT JOIN staff_member q ON q.id = p.replied_by
   WHERE o.challenge_id = c.id) AS turns`;
