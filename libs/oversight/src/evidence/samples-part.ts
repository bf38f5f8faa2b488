import { SAMPLE_GRADES, suppressCounts, type Published, type SampleGrade } from '#domain';
import { sql, type Transaction } from '#store';
import { levelsOf, outcomesOf } from '../samples/read-samples.ts';
import type { EvidenceSample, PackOf, SamplesPart } from './evidence.ts';

interface Drawn {
  readonly id: string;
  readonly month: string;
  readonly dueAt: Temporal.Instant;
  readonly drawn: number;
  readonly grades: Partial<Readonly<Record<SampleGrade, number>>> | null;
}

/** The dip samples of the months of a pack: how far they are read, their grades, and how often two people agree. */
export async function samplesOfPack(tx: Transaction, pack: PackOf): Promise<SamplesPart> {
  const found = await tx.rows<Drawn>(sql`
    SELECT s.id, s.month, s.due_at AS "dueAt",
      (SELECT count(*)::int FROM sample_item WHERE sample_id = s.id) AS drawn,
      (SELECT jsonb_object_agg(one.grade, one.count) FROM (
        SELECT g.grade, count(*)::int AS count FROM sample_grade g JOIN sample_item i ON i.id = g.item_id
        WHERE i.sample_id = s.id AND g.graded_at <= ${pack.asOf} GROUP BY g.grade) one) AS grades
    FROM sample s WHERE s.month BETWEEN ${pack.firstMonth}::date AND ${pack.lastMonth}::date AND s.drawn_at <= ${pack.asOf}
    ORDER BY s.month`);
  const samples: EvidenceSample[] = [];
  for (const one of found) {
    samples.push(pack.audience === 'publication' ? publishedSample(one) : await wholeSample(tx, one, pack.asOf));
  }
  return { samples };
}

const countsOf = ({ grades }: Drawn) => SAMPLE_GRADES.map((grade) => grades?.[grade] ?? 0);
const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
const byGrade = (counts: readonly Published[]) =>
  Object.fromEntries(SAMPLE_GRADES.map((grade, place) => [grade, counts[place]!])) as Record<SampleGrade, Published>;

async function wholeSample(tx: Transaction, one: Drawn, asOf: Temporal.Instant): Promise<EvidenceSample> {
  const counts = countsOf(one);
  return {
    ...{ month: one.month, drawn: one.drawn, read: sumOf(counts), dueAt: one.dueAt.toString() },
    grades: byGrade(counts),
    levels: await levelsOf(tx, one.id, asOf),
    outcomes: await outcomesOf(tx, one.id, asOf),
  };
}

/** While it is read on, its numbers change: two packs would differ by one decision. */
function publishedSample(one: Drawn): EvidenceSample {
  const counts = countsOf(one);
  const read = sumOf(counts);
  const { groups, all } = suppressCounts(counts, read);
  const isRead = read === one.drawn;
  return {
    ...{ month: one.month, drawn: isRead ? all : ':', read: isRead ? all : ':', dueAt: one.dueAt.toString() },
    ...{ grades: isRead ? byGrade(groups) : null, levels: null, outcomes: null },
  };
}
