import { dateInWords } from '#domain';
import type { DecidedFilters } from '#oversight';
import { codeInWords, monthInWords } from '../../shell/words/words.ts';

/** The names of the person and the agency that a filter means. */
export interface Named {
  readonly decider: string | null;
  readonly agency: string | null;
}

/** What a list has in it, in one sentence: its filter as people say it. */
export function decidedInWords(filters: DecidedFilters, { decider, agency }: Named): string {
  const { period, rating, outcome } = filters;
  const days = daysInWords(filters);
  const parts = [
    period === 'decided' ? `Referrals that were decided ${days}` : `Referrals that came ${days} and have been decided`,
    rating === null ? '' : `rated ${rating}`,
    punctualityInWords(filters),
    outcome === null ? '' : `with the outcome “${codeInWords(outcome)}”`,
    decider === null ? '' : `by ${decider}`,
    agency === null ? '' : `from ${agency}`,
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

function punctualityInWords({ operational, statutory }: DecidedFilters): string {
  const word = { late: 'late', 'in-time': 'in time' };
  return [
    operational === null ? [] : `${word[operational]} by the hub’s target`,
    statutory === null ? [] : `${word[statutory]} by the statutory limit`,
  ]
    .flat()
    .join(' and ');
}

/** Such as `in October 2026`, `on Monday 5 October 2026` or `from 5 October 2026 to 11 October 2026`. */
export function daysInWords({ from, to }: Pick<DecidedFilters, 'from' | 'to'>): string {
  const last = to.subtract({ days: 1 });
  const day = (date: Temporal.PlainDate) =>
    date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  if (isMonth({ from, to })) return `in ${monthInWords(from.toString())}`;
  if (from.equals(last)) return `on ${dateInWords(from.toZonedDateTime('UTC').toInstant(), 'UTC')}`;
  return `from ${day(from)} to ${day(last)}`;
}

export function isMonth({ from, to }: Pick<DecidedFilters, 'from' | 'to'>): boolean {
  return from.day === 1 && to.equals(from.add({ months: 1 }));
}
