import type { SampleItemLine, SampleLine, SamplePage } from '#oversight';
import { agreementOf } from '../../shell/oversight/agreement.ts';
import { codeInWords, dayAndTime, monthInWords } from '../../shell/words/words.ts';

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
    agreement: agreementOf({ levels, outcomes }),
  };
}

function countsOf({ drawn, read, dueAt }: SampleLine, now: Temporal.Instant, zone: string) {
  const isDue = Temporal.Instant.compare(dueAt, now) <= 0;
  return { drawn, read, unread: drawn - read, overdue: isDue ? drawn - read : 0, due: dayAndTime(dueAt, now, zone) };
}

function stateOf({ grade, reader, isOwn, isBegun }: SampleItemLine): string {
  if (grade !== null) return `${codeInWords(grade)}, read by ${reader}`;
  if (isOwn) return 'Another person reads it: you decided it or signed it';
  return isBegun ? 'You have read it: grade it' : 'To be read';
}
