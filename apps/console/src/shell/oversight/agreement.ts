import { cohensKappa, OUTCOMES, THRESHOLD_LEVELS } from '#domain';
import type { EvidenceSample, JudgedPair } from '#oversight';

/** Null where they are not published. */
type Judged = Pick<EvidenceSample, 'levels' | 'outcomes'>;

/** How far blind readers and deciders agree on level and outcome, in words: by count, and beyond chance. */
export function agreementOf({ levels, outcomes }: Judged): string {
  if (levels === null || outcomes === null) return 'Not published';
  return `Level: ${inWords(THRESHOLD_LEVELS, levels)}. Outcome: ${inWords(OUTCOMES, outcomes)}.`;
}

function inWords<T>(codes: readonly T[], pairs: readonly JudgedPair<T>[]): string {
  const countOf = (reader: T, decision: T) =>
    pairs.find((pair) => pair.reader === reader && pair.decision === decision)?.count ?? 0;
  const { n, agreed, kappa } = cohensKappa(codes.map((reader) => codes.map((decision) => countOf(reader, decision))));
  if (n === 0) return 'none judged by both';
  return `${Math.round(agreed * n)} of ${n} alike, kappa ${kappa === null ? 'not defined' : kappa.toFixed(2)}`;
}
