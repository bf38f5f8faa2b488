import type { DiscussionCallLine, DiscussionPage } from '#discussions';
import {
  DISCUSSION_AGENCIES,
  DISCUSSION_AGENCY_WORDS,
  dueInWords,
  DISCUSSION_OUTCOME_WORDS,
  missingFromQuorum,
  type DiscussionAgency,
} from '#domain';
import { summaryList } from '../govuk/summary-list.ts';
import { clockInWords, dayInWords, minutesInWords } from '../words/words.ts';

type When = (instant: Temporal.Instant) => string;

/** The strategy discussions of a referral in full. @param when an instant in words */
export function presentDiscussions(
  discussions: readonly DiscussionPage[],
  now: Temporal.Instant,
  zone: string,
  when: When,
) {
  return discussions.map((one) => ({
    title: discussions.length === 1 ? 'Strategy discussion' : `Strategy discussion ${one.number}`,
    state: stateOf(one, when),
    clock: one.recordedAt === null ? clockInWords(one.dueAt, now, zone) : null,
    due: `${dueInWords(one.dueAt, zone)}${one.isSameDay ? ', the same day, because of an injury or sexual harm' : ''}`,
    list: summaryList([...callRows(one, when), ...recordRows(one, when)]),
    conference: conferenceOf(one, now, zone, when),
  }));
}

function stateOf({ recordedAt, heldAt, startedAt, dueAt, recordedBy }: DiscussionPage, when: When): string {
  if (recordedAt === null) return 'Not yet held.';
  if (heldAt === null) return `Not held, as ${recordedBy ?? ''} recorded ${when(recordedAt)}.`;
  const minutes = Math.max(0, Math.floor(startedAt.until(heldAt).total('minutes')));
  const inTime = Temporal.Instant.compare(heldAt, dueAt) <= 0 ? 'in time' : 'late';
  return `Held ${when(heldAt)}, ${minutesInWords(minutes)} after it was needed: ${inTime}.`;
}

function callRows({ calls, calledAgainBy, calledAgainBecause }: DiscussionPage, when: When) {
  const latest = calls.at(-1);
  return [
    ...(calledAgainBy === null
      ? []
      : [{ key: 'Why another one', value: `${calledAgainBecause ?? ''} (${calledAgainBy})` }]),
    ...(latest === undefined
      ? [{ key: 'Called', value: 'Not called yet' }]
      : [
          { key: 'Called', value: `For ${when(Temporal.Instant.from(latest.plannedFor))}, ${calledBy(latest, when)}` },
          { key: 'In the chair', value: latest.chair },
          { key: 'Asked', value: askedInWords(latest) },
        ]),
    ...calls.slice(0, -1).map((call) => ({
      key: 'Called before',
      value: `For ${when(Temporal.Instant.from(call.plannedFor))}, ${calledBy(call, when)}`,
    })),
  ];
}

const calledBy = ({ by, at }: DiscussionCallLine, when: When) => `by ${by}, ${when(Temporal.Instant.from(at))}`;

function askedInWords({ asked, askedOthers }: DiscussionCallLine): string {
  return asked
    .map((agency) => (agency === 'other' && askedOthers !== null ? askedOthers : agencyInWords(agency)))
    .join(', ');
}

const placeOf = ({ agency }: { readonly agency: DiscussionAgency }) => DISCUSSION_AGENCIES.indexOf(agency);

const agencyInWords = (agency: DiscussionAgency) => DISCUSSION_AGENCY_WORDS[agency];

function recordRows(discussion: DiscussionPage, when: When) {
  const { recordedAt, recordedBy, outcome, minutes, reason, calls } = discussion;
  const agencies = [...discussion.agencies].sort((a, b) => placeOf(a) - placeOf(b));
  if (recordedAt === null) return [];
  if (outcome === null) return [{ key: 'Why it is not held', value: reason ?? '' }];
  const came = agencies.filter(({ people }) => people.length > 0);
  const missing = missingFromQuorum(came.map(({ agency }) => agency));
  const named = new Set(agencies.map(({ agency }) => agency));
  const silent = (calls.at(-1)?.asked ?? []).filter((agency) => !named.has(agency));
  const list = (some: readonly DiscussionAgency[]) => some.map(agencyInWords).join(', ');
  return [
    { key: 'Outcome', value: DISCUSSION_OUTCOME_WORDS[outcome] },
    { key: 'Agreed by', value: list(came.filter(({ agrees }) => agrees).map(({ agency }) => agency)) || 'No agency' },
    ...came
      .filter(({ agrees }) => agrees === false)
      .map(({ agency, why }) => ({ key: 'Not agreed', value: `${agencyInWords(agency)}: ${why ?? ''}` })),
    ...came.map(({ agency, people }) => ({
      key: `Came: ${agencyInWords(agency).toLowerCase()}`,
      value: people.map(({ name, role }) => `${name}, ${role}`).join('\n'),
    })),
    ...agencies
      .filter(({ people }) => people.length === 0)
      .map(({ agency, why }) => ({ key: 'Could not come', value: `${agencyInWords(agency)}: ${why ?? ''}` })),
    ...(silent.length === 0 ? [] : [{ key: 'Asked, and not there', value: list(silent) }]),
    ...(missing.length === 0
      ? []
      : [{ key: 'Not quorate', value: `Without ${list(missing)}. ${recordedBy ?? ''}: ${reason ?? ''}` }]),
    { key: 'What was said', value: minutes ?? '' },
    { key: 'Recorded', value: `${recordedBy ?? ''}, ${when(recordedAt)}` },
  ];
}

/** The conference that follows a discussion; null where none does. */
function conferenceOf(one: DiscussionPage, now: Temporal.Instant, zone: string, when: When) {
  const { conferenceDueAt: due, conferenceRecordedAt: at, conferenceRecordedBy: by, conferenceHeldOn: heldOn } = one;
  if (due === null) return null;
  const how = heldOn === null ? `Not needed: ${one.conferenceReason ?? ''}` : `Held on ${dayInWords(heldOn)}.`;
  return {
    due: dueInWords(due, zone),
    clock: at === null ? clockInWords(due, now, zone) : null,
    ended: at === null ? null : `${how} ${by ?? ''}, ${when(at)}`,
  };
}
