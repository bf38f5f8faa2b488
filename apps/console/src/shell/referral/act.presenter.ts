import type { AuditedAct, AuditLine, RecordKind } from '#audit';
import { PROGRESSION_WORDS, type FeedbackActKind, type NoteKind, type Progression } from '#domain';
import { calledInWords, conferenceInWords, discussionInWords } from './discussion-acts.ts';
import { refusedInWords } from '../words/refusal-words.ts';
import { EDGE_OF_CARE_WORDS, ROUTE_WORDS } from '../words/route-words.ts';
import { codeInWords, inside } from '../words/words.ts';
import { allOf, childInWords, coded, countOf, text, type Details, type Words } from './act-details.ts';
import { ACTS_OF_ADMINISTRATION } from './administration-acts.ts';
import { ACTS_WITH_AGENCIES } from './agency-acts.ts';
import { checksInWords, viewsInWords } from './child-acts.ts';
import { RESTRICTION_ACTS } from './restriction-acts.ts';

/** How a call went, before the name of the person. */
const CALL_WORDS: Readonly<Partial<Record<NoteKind, string>>> = {
  spoken: 'spoke to',
  left_message: 'left a message for',
  no_answer: 'could not reach',
};

const listed = (details: Details, name: string) => allOf(details, name).map(codeInWords);
const suggested = (details: Details) => `suggested as ${inside(coded(details, 'rating'))}`;
const cameBefore = ({ cameAt }: Details) =>
  cameAt === undefined ? '' : '. It had come before and was written on paper: its clocks began when it came';
const version = (details: Details) => `version ${Number(details['version'] ?? 0)}`;

/** Such as `spoke to: the mother`. */
const noteInWords = (details: Details) => {
  const words = CALL_WORDS[text(details, 'kind') as NoteKind];
  return words === undefined ? '' : `${words} ${text(details, 'withWhom')}`;
};

/** By which means a referrer was told. */
const TOLD_WORDS: Readonly<Partial<Record<FeedbackActKind, string>>> = {
  sent: 'by e-mail',
  by_telephone: 'by telephone',
  in_person: 'in person',
  in_writing: 'in writing',
};
const howTold = (details: Details) => TOLD_WORDS[text(details, 'how') as FeedbackActKind] ?? '';

/** Such as `Early help, 1 child left out`. */
function decidedInWords(details: Details): string {
  const [leftOut, otherwise] = [Number(details['childrenLeftOut'] ?? 0), Number(details['childrenOtherwise'] ?? 0)];
  const counted = (count: number, words: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? 'child' : 'children'} ${words}`];
  return [coded(details, 'outcome'), ...counted(otherwise, 'otherwise'), ...counted(leftOut, 'left out')].join(', ');
}

/** Such as `to: South locality team`. */
const routeInWords = (details: Details) => {
  const to = text(details, 'sentTo') || (ROUTE_WORDS[text(details, 'kind')] ?? '');
  return to === '' ? '' : `to: ${to}`;
};

function ratingInWords(details: Details): string {
  const [from, to] = [coded(details, 'from'), coded(details, 'to')];
  return from === to ? `${to}, as before` : `${from} to ${to.toLowerCase()}`;
}

/** Which criteria were used, never what was looked for. */
function searchInWords(details: Details): string {
  const fields = listed(details, 'fields').map((one) =>
    one.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()),
  );
  return `by ${fields.join(', ')}; ${Number(details['found'] ?? 0)} found`;
}

function recordInWords(details: Details): string {
  const whose = text(details, 'staffName') === '' ? '' : ` of ${text(details, 'staffName')}`;
  const words = RECORD_KIND_WORDS[text(details, 'kind') as RecordKind] as string | undefined;
  const kind = words === undefined ? '' : `, ${inside(words)}`;
  return `${countOf(details, 'count', 'entry', 'entries')}${whose}${kind}`;
}

function figureInWords(details: Details): string {
  const measure = text(details, 'measure').replaceAll('-', ' ');
  return `${measure}, ${countOf(details, 'count', 'line', 'lines')}`;
}

function evidenceInWords(details: Details): string {
  const [from, to] = [text(details, 'from'), text(details, 'to')];
  const whose = text(details, 'audience') === 'publication' ? 'for publication' : 'for the inspectorate';
  const months = from === to ? from : `${from} to ${to}`;
  return `${whose}, ${months}, ${countOf(details, 'count', 'line', 'lines')}`;
}

/** The kinds of act, as the record is asked for them. */
export const RECORD_KIND_WORDS: Readonly<Record<RecordKind, string>> = {
  opened: 'Opened',
  searched: 'Searched',
  decided: 'Decided',
  worked: 'Other work on referrals',
  looked: 'Looked at lists',
  refused: 'Refused',
  service: 'Signing in, and how the hub is set up',
};

/** The parts of the queue. */
const VIEW_WORDS: Readonly<Record<string, string>> = {
  waiting: 'what waits for a decision',
  unclaimed: 'what is not allocated',
  mine: 'their own referrals',
  held: 'their own referrals, at the end of the shift',
  'sign-off': 'what waits for sign-off',
  decided: 'what is decided',
  glance: 'their own work',
  chosen: 'what they chose to assign',
};

/** Every act in words, and what of its details tells people something. */
const ACTS: Readonly<Record<AuditedAct | 'alert.fired', Words>> = {
  'referral.submitted': ['Referred', suggested],
  'referral.taken-down': [
    'Recorded it',
    (details) => `${inside(coded(details, 'channel'))}, ${suggested(details)}${cameBefore(details)}`,
  ],
  'referral.claimed': ['Took it', ({ how }) => (how === 'next' ? 'as the next one' : '')],
  'referral.given-back': ['Returned it to the queue'],
  'referral.noted': ['Left a note'],
  'referral.note-written': ['Noted', noteInWords],
  'referral.claim-lapsed': [
    'Went back to the queue by itself',
    (details) => `${text(details, 'fromName')} had not worked on it`,
  ],
  'referral.skipped': ['Skipped it'],
  'child.case-checked': ['Looked in the case system', checksInWords],
  'child.views-recorded': ['Recorded the child’s views', viewsInWords],
  'child.joined': ['Said that it is one child with another referral’s', childInWords],
  'child.kept-apart': ['Said that it is not the child of another referral', childInWords],
  'child.parted': ['Parted it again from the child of another referral', childInWords],
  'child.apart-withdrawn': ['Took back that it is not the child of another referral', childInWords],
  'child.read': ['Opened the page of a child', childInWords],
  ...ACTS_WITH_AGENCIES,
  'decision.made-without': [
    'Decided without an answer',
    (details) => {
      const names = allOf(details, 'agencyNames');
      return names.length === 0 ? '' : `of ${names.join(', ')}`;
    },
  ],
  'incident.joined': ['Said that it reports the same incident as another', (details) => text(details, 'other')],
  'incident.parted': ['Parted it from another report of the incident', (details) => text(details, 'other')],
  'referral.assigned': ['Assigned it', (details) => `to ${text(details, 'toName')}`],
  'referral.assignment-taken-back': [
    'Took the assignment back',
    (details) =>
      typeof details['toName'] === 'string' ? `it is with ${details['toName']} again` : 'back on the queue',
  ],
  'referral.rated': ['Rated it', ratingInWords],
  'referral.decided': ['Decided', decidedInWords],
  'referral.acknowledged-to-referrer': ['Told the referrer that we have it'],
  'referral.referrer-not-reached': ['Could not tell the referrer', () => 'the address does not work'],
  'feedback.told': ['Told the referrer of the decision', howTold],
  'feedback.tried': ['Tried to tell the referrer of the decision'],
  'feedback.address-failed': ['Could not tell the referrer of the decision', () => 'the address does not work'],
  'feedback.leave-given': ['Allowed telling the referrer, a person of the public'],
  'feedback.leave-refused': ['Refused telling the referrer, a person of the public'],
  'feedback.not-told': ['Said why the referrer is not told'],
  'feedback.read': [
    'Looked at who has not been told of a decision',
    (details) => countOf(details, 'count', 'line', 'lines'),
  ],
  'decision.agreed': ['Signed off the decision'],
  'decision.returned': ['Returned the decision'],
  'decision.undone': ['Took it back', ({ what }) => (what === 'sign-off' ? 'the agreement' : 'the decision')],
  'discussion.called': ['Called a strategy discussion', calledInWords],
  'discussion.recorded': ['Recorded a strategy discussion', discussionInWords],
  'conference.recorded': ['Recorded the conference', conferenceInWords],
  'alert.fired': ['Alert', (details) => listed(details, 'told').join(', ')],
  'alert.acknowledged': ['Acknowledged the alerts'],
  'deadline.rearmed': ['Deadlines brought under the policy in force'],
  'challenge.made': ['Challenged it', (details) => inside(coded(details, 'aspect'))],
  'challenge.answered': ['Answered the challenge'],
  'challenge.returned': ['Returned the answer to the challenge'],
  'challenge.accepted': ['Accepted the answer to the challenge'],
  'sample.graded': ['Read it as a sample'],
  'referral.reopened-by-sample': ['Opened it again', () => 'a sample found that a child may be unsafe'],
  'route.sent': ['Sent the family on by the decision', routeInWords],
  'route.chosen': ['Chose where the family goes', routeInWords],
  'route.sent-on': ['Sent the family on to others', routeInWords],
  'route.accepted': ['Recorded that it was accepted', routeInWords],
  'route.returned': ['Recorded that it was returned', routeInWords],
  'routes.read': ['Looked at where families were sent', (details) => countOf(details, 'count', 'line', 'lines')],
  'referral.reopened-by-route': ['Opened it again', () => 'those whom it was sent to do not take it'],
  'edge-of-care.planned': [
    'Said who might come into care',
    (details) => countOf(details, 'children', 'child', 'children'),
  ],
  'edge-of-care.recorded': [
    'Recorded at the edge of care',
    (details) => inside(EDGE_OF_CARE_WORDS[text(details, 'kind')] ?? ''),
  ],
  'handover.begun': ['Handed over'],
  'handover.noted': ['Wrote a note on the hand-over'],
  'handover.accepted': ['Accepted the hand-over'],
  'referral.read': ['Opened the referral'],
  'referral.printed': ['Printed it'],
  'referral.opened-for-audit': ['Said why they open it, for an audit'],
  'referral.status-read': ['Asked how it stands'],
  'referral.own-read': ['Opened a referral of their agency'],
  'referral.checked': ['Tried out a referral', ({ valid }) => (valid === true ? 'without a fault' : 'with faults')],
  'alert-timeline.read': ['Read the alert timeline'],
  'search.made': ['Searched', searchInWords],
  'record.read': ['Read the record', recordInWords],
  'challenge.read': ['Opened a challenge'],
  'challenges.read': ['Looked at the challenges'],
  'sample.drawn': ['Drew the sample of a month'],
  'samples.read': ['Looked at the samples'],
  'sample.read': ['Opened a sampled decision'],
  'sample.blind-read': ['Read a sampled referral without its decision'],
  'supervision.written': ['Wrote a supervision note'],
  'supervision.read': ['Read supervision notes'],
  'supervision.action-done': ['Did an action of a supervision note'],
  'decided.read': ['Read the decided referrals', (details) => countOf(details, 'count', 'line', 'lines')],
  'decided.exported': [
    'Took the decided referrals away as a file',
    (details) => countOf(details, 'count', 'line', 'lines'),
  ],
  'oversight.read': ['Read a page of oversight', (details) => text(details, 'page')],
  'figure.read': ['Read a figure', figureInWords],
  'figure-rows.read': ['Read the rows behind a figure', figureInWords],
  'retention.proposed': [
    'Records were proposed for destruction',
    (details) => countOf(details, 'count', 'record', 'records'),
  ],
  'retention.read': ['Read which records are to be destroyed'],
  'retention.approved': [
    'Approved the destruction of records',
    (details) => countOf(details, 'count', 'record', 'records'),
  ],
  'retention.kept': ['Said that the record is kept longer', (details) => text(details, 'until')],
  'retention.agreed': ['Agreed to the destruction of records'],
  'retention.refused': ['Refused the destruction of records'],
  'retention.destroyed': ['The record was destroyed by the retention schedule', (details) => text(details, 'rule')],
  'retention.hold-set': ['Set a hold on destruction'],
  'retention.hold-ended': ['Ended a hold on destruction'],
  'retention.schedule-published': ['Published a retention schedule'],
  'retention.certificate-read': ['Read a certificate of destruction'],
  'baseline.begun': [
    'Began a new baseline',
    (details) => [text(details, 'measure'), text(details, 'month')].filter((part) => part !== '').join(', from '),
  ],
  'evidence.made': ['Had an evidence pack made', evidenceInWords],
  'evidence.read': ['Read an evidence pack', evidenceInWords],
  'evidence.downloaded': ['Took an evidence pack away as files', evidenceInWords],
  'queue.read': [
    'Looked at the queue',
    (details) =>
      `${VIEW_WORDS[text(details, 'view')] ?? 'a part of it'}, ${countOf(details, 'lines', 'line', 'lines')}`,
  ],
  'workload.read': ['Looked at the team and their referrals'],
  'discussions.read': [
    'Looked at the strategy discussions that are not yet held',
    (details) => countOf(details, 'count', 'discussion', 'discussions'),
  ],
  'consultations.read': [
    'Looked at the advice given',
    (details) => countOf(details, 'count', 'consultation', 'consultations'),
  ],
  'consultation.referral-came': ['Said that it came of advice that was given'],
  'consultation.not-expected': ['Said that no referral is expected after advice'],
  'consultation.recorded': ['Recorded advice', (details) => inside(coded(details, 'outcome'))],
  'alerts.read': ['Looked at the alerts', (details) => countOf(details, 'lines', 'referral', 'referrals')],
  'rota.read': ['Looked at the rota'],
  'handovers.read': ['Looked at the hand-over', (details) => countOf(details, 'lines', 'referral', 'referrals')],
  'filter.saved': ['Saved a view of the queue', ({ forTeam }) => (forTeam === true ? 'for all staff' : '')],
  'filter.removed': ['Removed a view of the queue'],
  'rota.changed': ['Changed the rota', (details) => inside(codeInWords(text(details, 'kind').replaceAll('-', '_')))],
  'policy.published': ['Published a policy', version],
  'calendar.published': ['Published a calendar', version],
  'localities.published': ['Published a table of localities', version],
  ...RESTRICTION_ACTS,
  ...ACTS_OF_ADMINISTRATION,
  'access.refused': ['Was refused', refusedInWords],
  'sign-in.failed': ['A sign-in failed', refusedInWords],
  'credential.rejected': ['A credential was rejected', refusedInWords],
};

/** An act in words. */
export function presentAct({ act, details }: Pick<AuditLine, 'act' | 'details'>): {
  act: string;
  detail: string | null;
} {
  const [words, detail] = wordsOf(act);
  return { act: words, detail: detail?.(details) || null };
}

/** What a decision counts as, and whether it was late; null for another act, and where the record does not say it. */
export function countingOfAct({ details }: AuditLine): string | null {
  const progression = PROGRESSION_WORDS[text(details, 'progression') as Progression] as string | undefined;
  const counts = progression === undefined ? [] : [`Counted as: ${inside(progression)}.`];
  return [...counts, ...(details['isLate'] === true ? ['It was late.'] : [])].join(' ') || null;
}

export function openingInWords(act: string): string {
  return wordsOf(act)[0];
}

function wordsOf(act: string): Words {
  return (ACTS as Readonly<Record<string, Words>>)[act] ?? [codeInWords(act)];
}
