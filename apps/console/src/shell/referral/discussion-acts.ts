import { DISCUSSION_AGENCY_WORDS, DISCUSSION_OUTCOME_WORDS, type DiscussionOutcome } from '#domain';
import { allOf, text, type Details } from './act-details.ts';
import { inside } from '../words/words.ts';

function agenciesIn(details: Details, name: string): string {
  return allOf(details, name)
    .map((code) => inside(agencyInWords(code)))
    .join(', ');
}

function agencyInWords(code: string): string {
  return (DISCUSSION_AGENCY_WORDS as Readonly<Record<string, string | undefined>>)[code] ?? code;
}

const numbered = (details: Details) => (typeof details['number'] === 'number' ? `number ${details['number']}` : '');

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('; ');

/** Such as `number 1; asked social care, police, health`. */
export function calledInWords(details: Details): string {
  const asked = agenciesIn(details, 'asked');
  return joined(numbered(details), asked === '' ? '' : `asked ${asked}`);
}

/** Such as `number 1; no section 47 enquiries; without police`. */
export function discussionInWords(details: Details): string {
  const outcome = text(details, 'outcome');
  const known = DISCUSSION_OUTCOME_WORDS[outcome as DiscussionOutcome] as string | undefined;
  const missing = agenciesIn(details, 'missing');
  const dissent = agenciesIn(details, 'dissent');
  return joined(
    numbered(details),
    outcome === 'not_held' ? 'not held' : inside(known ?? ''),
    missing === '' ? '' : `without ${missing}`,
    dissent === '' ? '' : `not agreed by ${dissent}`,
  );
}

export function conferenceInWords({ isHeld }: Details): string {
  if (typeof isHeld !== 'boolean') return '';
  return isHeld ? 'held' : 'not needed';
}
