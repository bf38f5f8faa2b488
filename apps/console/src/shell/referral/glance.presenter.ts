import { submittedName, type ReferralPage } from '#referrals';
import { ageInWords } from '../words/age.ts';
import type { presentRequests } from './requests.presenter.ts';

/** As many people or agencies as stand in one line; the others are counted. */
const SHOWN = 4;

/** One of the things that a person decides on, in a line, with the part of the page that says all of it. */
export interface Glance {
  readonly key: string;
  readonly value: string;
  readonly href: string;
}

/**
 * All that a person decides on beside the concern and the clocks, in a line each: it stays in view while either column
 * is scrolled.
 */
export function presentGlance(
  page: ReferralPage,
  requests: ReturnType<typeof presentRequests>,
  zone: string,
): readonly Glance[] {
  const { children, adults, earlier, later, reports, now } = page;
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const named = children.map((child, at) => {
    const age = ageInWords(child, today);
    return `${submittedName(child) || `Child ${at + 1}`}, ${age ?? 'age not known'}`;
  });
  const others = [...reports, ...later, ...earlier];
  const open = others.filter(({ status }) => status !== 'decided').length;
  return [
    { key: 'Children', value: some(named, '; '), href: '#people' },
    {
      key: 'Adults',
      value: some(
        adults.map(({ name, relationship }) => `${name ?? 'Name not known'} (${relationship})`),
        '; ',
      ),
      href: '#people',
    },
    {
      key: 'Other referrals',
      value: others.length === 0 ? 'none known' : `${others.length}, ${open === 0 ? 'none open' : `${open} open`}`,
      href: '#related',
    },
    { key: 'Agencies', value: some(requests.map(answeredInWords), '; ') || 'none asked', href: '#agencies' },
  ].filter(({ value }) => value !== '');
}

function answeredInWords({ agency, answers, isWithdrawn, due }: ReturnType<typeof presentRequests>[number]): string {
  const [first] = answers;
  if (first !== undefined) return `${agency}: ${(first.kind ?? 'answered').toLowerCase()}`;
  return `${agency}: ${isWithdrawn ? 'withdrawn' : `due ${due}`}`;
}

function some(words: readonly string[], between: string): string {
  const rest = words.length - SHOWN;
  const shown = words.slice(0, SHOWN).join(between);
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
