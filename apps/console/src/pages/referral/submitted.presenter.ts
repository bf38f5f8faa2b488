import { instantInWords, REFERRAL_SOURCE_WORDS } from '#domain';
import { telephoneInWords } from '#platform';
import type { ReferralPage } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { DISABILITY_WORDS, ETHNICITY_WORDS, SEX_WORDS } from '../../shell/words/census-words.ts';
import { codeInWords, dayInWords } from '../../shell/words/words.ts';

export interface SubmittedRow {
  readonly key: string;
  readonly value: string;
}

/** Fields that hold codes rather than what a person wrote. */
const CODED = [
  'types', 'indicators', 'source', 'informed', 'notInformedReason', 'status', 'evidence', 'sought',
  'parentalResponsibility', 'livesWithChild',
]; // prettier-ignore
/** Fields that hold a date or a date and time, checked when they came in. */
const DATED = ['dateOfBirth', 'expectedDateOfBirth', 'occurredAt', 'reportedAt'];
/** Fields that hold the census's own codes. */
const CENSUS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: SEX_WORDS,
  ethnicity: ETHNICITY_WORDS,
  disabilities: DISABILITY_WORDS,
};

/** What people look for first; the other fields follow by name. PostgreSQL does not keep the order sent. */
const FIRST = [
  'firstName', 'lastName', 'name', 'otherNames', 'relationship', 'dateOfBirth', 'expectedDateOfBirth', 'estimatedAge',
  'sex', 'role', 'types', 'indicators', 'worries', 'workingWell', 'needsToHappen', 'informed', 'status', 'sought',
  'words', 'nhsNumber', 'upn', 'address', 'line1', 'line2', 'town', 'postcode', 'currentLocation', 'phone', 'email',
]; // prettier-ignore

/** Fields whose names in the referral schema would not be understood, or would be taken for the hub's own view. */
const LABELS: Readonly<Record<string, string>> = {
  sought: 'Was the child asked?',
  words: 'What the child said',
  notSoughtReason: 'If not asked, why not',
  informed: 'Do the parents know of this referral?',
  notInformedReason: 'If they do not, why not',
  notInformedDetail: 'More about why not',
  views: 'What the parents say',
  status: 'Has the family agreed?',
  givenBy: 'Who agreed',
  evidence: 'How',
  source: 'How the referrer knows',
  types: 'Kinds of concern',
  occurredAt: 'When it happened',
  location: 'Where it happened',
  worries: 'What are we worried about?',
  workingWell: 'What is working well?',
  needsToHappen: 'What needs to happen?',
  safetyScale: 'How safe is it, from 0 to 10?',
  allegedPerpetrator: 'Alleged to have caused harm',
  currentLocation: 'Where the child is now',
  thresholdLevel: 'Level of need, in the referrer’s view',
  senderReference: 'The referrer’s own reference',
  reportedAt: 'When the referrer recorded it',
  staffSafety: 'Risk to staff who visit',
  withholdFromFamily: 'What the family must not be told',
};

const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
const inReadingOrder = ([a]: [string, unknown], [b]: [string, unknown]) => place(a) - place(b) || a.localeCompare(b);

/**
 * Every field of a part of a submitted referral, in words. It walks what is there instead of naming fields, so that
 * nothing an agency sent can be left out of the page.
 */
export function submittedRows(
  part: object | undefined,
  zone: string,
  leaveOut: readonly string[] = [],
): readonly SubmittedRow[] {
  return Object.entries(part ?? {})
    .filter(([name]) => !leaveOut.includes(name))
    .sort(inReadingOrder)
    .map(([name, value]) => ({ key: LABELS[name] ?? codeInWords(name), value: inWords(name, value, zone) }));
}

/** The parts of a submitted referral beside its children, adults and summary, each with a title. */
export function sectionsOf(page: Pick<ReferralPage, 'submitted' | 'agency' | 'sourceCode'>, zone: string) {
  const { submitted, agency, sourceCode } = page;
  const written = (part: object | undefined, leaveOut?: readonly string[]) =>
    summaryListOrNone(submittedRows(part, zone, leaveOut));
  return [
    { title: 'The concern', list: written(submitted.concern, ['summary']) },
    { title: 'Signs of Safety', list: written(submitted.signsOfSafety) },
    { title: 'Parents', list: written(submitted.parentsInformed) },
    { title: "The family's agreement to work with services", list: written(submitted.agreement) },
    {
      title: 'Who referred',
      list: summaryListOrNone([
        { key: 'Agency', value: agency },
        {
          key: 'Source of the referral',
          value: sourceCode === null ? 'Not recorded' : REFERRAL_SOURCE_WORDS[sourceCode],
        },
        ...submittedRows(submitted.referrer, zone),
      ]),
    },
    { title: 'Everything else that was sent', list: written(submitted, SHOWN_ELSEWHERE) },
  ].filter(({ list }) => list !== null);
}

const SHOWN_ELSEWHERE = [
  'concern', 'signsOfSafety', 'parentsInformed', 'agreement', 'referrer', 'childsVoice', 'immediateDanger',
  'staffSafety', 'withholdFromFamily',
]; // prettier-ignore

/** A part of an address or of another agency. A number or an answer says what it is of; words do so themselves. */
function partInWords(name: string, value: unknown, zone: string): string {
  if (name === 'noFixedAbode') return value === true ? 'No fixed abode' : 'A fixed abode';
  return name === 'uprn' ? `${codeInWords(name)} ${String(value)}` : inWords(name, value, zone);
}

function inWords(name: string, value: unknown, zone: string): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    return value.map((item) => inWords(name, item, zone)).join(name === 'otherAgencies' ? '\n' : ', ');
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).sort(inReadingOrder);
    return parts.map(([part, item]) => partInWords(part, item, zone)).join(', ');
  }
  const text = String(value);
  const census = CENSUS[name]?.[text];
  if (census !== undefined) return census;
  if (CODED.includes(name)) return codeInWords(text);
  if (name === 'phone') return telephoneInWords(text);
  if (!DATED.includes(name)) return text;
  return text.length === 10 ? dayInWords(text) : instantInWords(Temporal.Instant.from(text.toUpperCase()), zone);
}
