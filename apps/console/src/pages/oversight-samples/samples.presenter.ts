import type { JudgedPair, SampleItemLine, SampleLine, SamplePage } from '#oversight';
import { codeInWords, dayAndTime } from '../../shell/words/words.ts';
import { monthInWords } from './month-in-words.ts';

/** The months of the list. */
export function presentMonths(samples: readonly SampleLine[], now: Temporal.Instant, zone: string) {
  return samples.map((sample) => ({ ...sample, ...countsOf(sample, now, zone), name: monthInWords(sample.month) }));
}

/** One month's sample. @param isReproduced whether drawing it again gave the same; null when it was not drawn again */
export function presentMonth(sample: SamplePage, isReproduced: boolean | null, zone: string) {
  const { month, now, items, seed, population, drawnAt, levels, outcomes, drawn } = sample;
  return {
    month,
    name: monthInWords(month),
    ...countsOf(sample, now, zone),
    ...{ seed, population, drawn, isReproduced },
    drawnAt: dayAndTime(drawnAt, now, zone),
    items: items.map((item) => ({ ...item, state: stateOf(item) })),
    agreement: [
      { what: 'the level of need', ...agreedIn(levels) },
      { what: 'the outcome', ...agreedIn(outcomes) },
    ].filter(({ of }) => of > 0),
  };
}

function countsOf({ drawn, read, dueAt }: SampleLine, now: Temporal.Instant, zone: string) {
  const isDue = Temporal.Instant.compare(dueAt, now) <= 0;
  return { drawn, read, unread: drawn - read, overdue: isDue ? drawn - read : 0, due: dayAndTime(dueAt, now, zone) };
}

/** How often the blind reader and the decision came to the same. */
function agreedIn(pairs: readonly JudgedPair<unknown>[]): { readonly agreed: number; readonly of: number } {
  const sum = (some: readonly JudgedPair<unknown>[]) => some.reduce((total, { count }) => total + count, 0);
  return { agreed: sum(pairs.filter(({ reader, decision }) => reader === decision)), of: sum(pairs) };
}

function stateOf({ grade, reader, isOwn, isBegun }: SampleItemLine): string {
  if (grade !== null) return `${codeInWords(grade)}, read by ${reader}`;
  if (isOwn) return 'Another person reads it: you decided it or signed it';
  return isBegun ? 'You have read it: grade it' : 'To be read';
}
