import type { AuditLine } from '#audit';
import { PROGRESSION_WORDS, type Progression } from '#domain';
import { codeInWords } from '../words/words.ts';

type Details = AuditLine['details'];

const text = (details: Details, name: string) => (typeof details[name] === 'string' ? details[name] : '');
const coded = (details: Details, name: string) => codeInWords(text(details, name));

const inside = (words: string) => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
const suggested = (details: Details) => `suggested as ${inside(coded(details, 'rating'))}`;

function ratingInWords(details: Details): string {
  const [from, to] = [coded(details, 'from'), coded(details, 'to')];
  return from === to ? `${to}, as before` : `${from} to ${to.toLowerCase()}`;
}

/** An act in words, and what of its details tells people something. */
const ACTS: Readonly<Record<string, readonly [act: string, detail?: (details: Details) => string]>> = {
  'referral.submitted': ['Referred', suggested],
  'referral.taken-down': ['Recorded it', (details) => `${inside(coded(details, 'channel'))}, ${suggested(details)}`],
  'referral.claimed': ['Took it', ({ how }) => (how === 'next' ? 'as the next one' : '')],
  'referral.given-back': ['Gave it back'],
  'referral.noted': ['Left a note'],
  'referral.claim-lapsed': ['Went back on the queue', (details) => `${text(details, 'fromName')} had not worked on it`],
  'referral.skipped': ['Skipped it'],
  'referral.assigned': ['Assigned it', (details) => `to ${text(details, 'toName')}`],
  'referral.rated': ['Rated it', ratingInWords],
  'referral.decided': ['Decided', (details) => coded(details, 'outcome')],
  'referral.acknowledged-to-referrer': ['Told the referrer that we have it'],
  'referral.referrer-not-reached': ['Could not tell the referrer', () => 'the address does not work'],
  'decision.agreed': ['Signed off the decision'],
  'decision.returned': ['Returned the decision'],
  'decision.undone': ['Took it back', ({ what }) => (what === 'sign-off' ? 'the agreement' : 'the decision')],
  'alert.fired': [
    'Alert',
    ({ told }) => (Array.isArray(told) ? told.map((one) => codeInWords(String(one))).join(', ') : ''),
  ],
  'alert.acknowledged': ['Acknowledged the alerts'],
  'deadline.rearmed': ['Deadlines brought under the policy in force'],
  'handover.begun': ['Handed over'],
  'handover.accepted': ['Accepted the hand-over'],
};

const OPENINGS: Readonly<Record<string, string>> = {
  'referral.read': 'Opened the referral',
  'referral.printed': 'Printed it',
  'referral.status-read': 'Asked how it stands',
  'alert-timeline.read': 'Read the alert timeline',
};

/** An act of the timeline in words. */
export function presentAct({ act, details }: AuditLine): { act: string; detail: string | null } {
  const [words, detail] = ACTS[act] ?? [codeInWords(act)];
  return { act: words, detail: detail?.(details) || null };
}

/** What a decision counts as, and whether it was late; null for another act, and where the record does not say it. */
export function countingOfAct({ details }: AuditLine): string | null {
  const progression = PROGRESSION_WORDS[text(details, 'progression') as Progression] as string | undefined;
  const counts = progression === undefined ? [] : [`Counted as: ${inside(progression)}.`];
  return [...counts, ...(details['isLate'] === true ? ['It was late.'] : [])].join(' ') || null;
}

export function openingInWords(act: string): string {
  return OPENINGS[act] ?? codeInWords(act);
}
