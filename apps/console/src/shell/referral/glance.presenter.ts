import { submittedName, type ReferralPage } from '#referrals';
import { ageInWords } from '../words/age.ts';
import type { AroundReferral } from './around-referral.ts';

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
  { requests, family, knownChildren }: Around,
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
  const linked = new Set(others.map(({ reference }) => reference));
  const alike = knownChildren.flatMap(({ candidates }) => candidates).filter(({ reference }) => !linked.has(reference));
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
      key: 'Household',
      value:
        some(
          family.map(({ name, held }) => (held === null ? name : `${name} (open)`)),
          '; ',
        ) || 'no others known',
      href: '#family',
    },
    {
      key: 'Other referrals',
      value:
        [
          ...(others.length > 0 ? [`${others.length}, ${openInWords(open)}`] : []),
          ...(alike.length > 0 ? [alikeInWords(alike)] : []),
        ].join('; ') || 'none known',
      href: others.length === 0 && alike.length > 0 ? '#known' : '#related',
    },
    { key: 'Agencies', value: some(requests.map(answeredInWords), '; ') || 'none asked', href: '#agencies' },
  ].filter(({ value }) => value !== '');
}

type Around = Pick<Awaited<ReturnType<AroundReferral['of']>>, 'requests' | 'family' | 'knownChildren'>;

const openInWords = (open: number) => (open === 0 ? 'none open' : `${open} open`);

/** Such as `1 more may be of the same child, 1 open`. Only a person says whether it is. */
function alikeInWords(alike: readonly { readonly held: string | null }[]): string {
  const open = alike.filter(({ held }) => held !== null).length;
  return `${alike.length} more may be of the same child, ${openInWords(open)}`;
}

function answeredInWords({ agency, answers, isWithdrawn, due }: Around['requests'][number]): string {
  const [first] = answers;
  if (first !== undefined) return `${agency}: ${(first.kind ?? 'answered').toLowerCase()}`;
  return `${agency}: ${isWithdrawn ? 'withdrawn' : `due ${due}`}`;
}

function some(words: readonly string[], between: string): string {
  const rest = words.length - SHOWN;
  const shown = words.slice(0, SHOWN).join(between);
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
