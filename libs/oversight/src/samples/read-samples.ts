import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Outcome, SampleGrade, ThresholdLevel } from '#domain';
import { Refused } from '#platform';
import { Database, sql, type Transaction } from '#store';
import { isOwn } from './sample-item.ts';

/** A month's sample in a list. */
export interface SampleLine {
  /** Such as `2026-10`. */
  readonly month: string;
  readonly drawn: number;
  readonly read: number;
  readonly dueAt: Temporal.Instant;
}

/** A drawn decision in a list: nothing that a blind reader must not know. */
export interface SampleItemLine {
  readonly id: string;
  readonly position: number;
  /** Null until it is graded, as everything below. */
  readonly reference: string | null;
  readonly grade: SampleGrade | null;
  readonly reader: string | null;
  readonly mayBeUnsafe: boolean;
  /** This person decided it or signed it. */
  readonly isOwn: boolean;
  /** This person has read it blind, and is to grade it. */
  readonly isBegun: boolean;
}

/** The judgement of a blind reader beside that of the decision: how often the two came together. */
export interface JudgedPair<T> {
  readonly reader: T;
  readonly decision: T;
  readonly count: number;
}

export interface SamplePage extends SampleLine {
  readonly seed: string;
  readonly population: number;
  readonly drawnAt: Temporal.Instant;
  readonly items: readonly SampleItemLine[];
  /** Of graded decisions whose reader had not opened the referral since it was decided. */
  readonly levels: readonly JudgedPair<ThresholdLevel>[];
  readonly outcomes: readonly JudgedPair<Outcome>[];
  readonly now: Temporal.Instant;
}

/** The dip samples: their months, and one month. */
@Injectable()
export class ReadSamples {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async months(by: StaffActor): Promise<{ readonly samples: readonly SampleLine[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const samples = await tx.overAll((all) =>
        all.rows<SampleLine>(sql`
        SELECT to_char(s.month, 'YYYY-MM') AS month, s.due_at AS "dueAt", count(i.id)::int AS drawn,
          count(g.id)::int AS read
        FROM sample s LEFT JOIN sample_item i ON i.sample_id = s.id LEFT JOIN sample_grade g ON g.item_id = i.id
        GROUP BY s.id ORDER BY s.month DESC`),
      );
      await tx.insert(auditEntry(tx, 'samples.read'));
      return { samples, now: tx.now };
    });
  }

  /** @throws Refused `not-found` when the month has no sample */
  async month({ month, by }: { month: string; by: StaffActor }): Promise<SamplePage> {
    return this.database.as(by).transaction(async (tx) => {
      const sample = await tx.row<Drawn>(sql`
        SELECT id, to_char(month, 'YYYY-MM') AS month, seed, population, drawn_at AS "drawnAt", due_at AS "dueAt"
        FROM sample WHERE to_char(month, 'YYYY-MM') = ${month}`);
      if (sample === null) throw new Refused('not-found');
      const { id, ...shown } = sample;
      const items = await tx.overAll((all) =>
        all.rows<SampleItemLine>(sql`
        SELECT i.id, i.position, CASE WHEN g.id IS NOT NULL THEN r.reference END AS reference, g.grade,
          m.name AS reader, g.unsafe_reason IS NOT NULL AS "mayBeUnsafe", ${isOwn(by.id)} AS "isOwn",
          EXISTS (SELECT 1 FROM sample_blind_reading b WHERE b.item_id = i.id AND b.reader_id = ${by.id}) AS "isBegun"
        FROM sample_item i JOIN referral r ON r.id = i.referral_id LEFT JOIN sample_grade g ON g.item_id = i.id
        LEFT JOIN staff_member m ON m.id = g.graded_by
        WHERE i.sample_id = ${id} ORDER BY i.position`),
      );
      await tx.insert(auditEntry(tx, 'samples.read', null, { month }));
      return {
        ...shown,
        drawn: items.length,
        read: items.filter(({ grade }) => grade !== null).length,
        items,
        levels: await levelsOf(tx, id, tx.now),
        outcomes: await outcomesOf(tx, id, tx.now),
        now: tx.now,
      };
    });
  }
}

interface Drawn extends Omit<SampleLine, 'drawn' | 'read'> {
  readonly id: string;
  readonly seed: string;
  readonly population: number;
  readonly drawnAt: Temporal.Instant;
}

/** How levels were judged in a sample, by what was graded at an instant. */
export function levelsOf(
  tx: Transaction,
  sampleId: string,
  asOf: Temporal.Instant,
): Promise<readonly JudgedPair<ThresholdLevel>[]> {
  return tx.overAll((all) =>
    all.rows<JudgedPair<ThresholdLevel>>(sql`
    SELECT b.threshold_level AS reader, d.threshold_level AS decision, count(*)::int AS count ${JUDGED}
    WHERE i.sample_id = ${sampleId} AND g.graded_at <= ${asOf} AND NOT b.had_opened GROUP BY 1, 2 ORDER BY 1, 2`),
  );
}

/** How outcomes were judged in a sample, by what was graded at an instant. */
export function outcomesOf(
  tx: Transaction,
  sampleId: string,
  asOf: Temporal.Instant,
): Promise<readonly JudgedPair<Outcome>[]> {
  return tx.overAll((all) =>
    all.rows<JudgedPair<Outcome>>(sql`
    SELECT b.outcome AS reader, d.outcome AS decision, count(*)::int AS count ${JUDGED}
    WHERE i.sample_id = ${sampleId} AND g.graded_at <= ${asOf} AND NOT b.had_opened GROUP BY 1, 2 ORDER BY 1, 2`),
  );
}

const JUDGED = sql`FROM sample_grade g JOIN sample_blind_reading b ON b.id = g.reading_id
  JOIN sample_item i ON i.id = g.item_id JOIN decision d ON d.id = i.decision_id`;
