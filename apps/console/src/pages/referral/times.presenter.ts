import { dueInWords, minutesInWords } from '#domain';
import type { DeadlineLine, ReferralPage } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { spanInWords } from '../../shell/words/policy-words.ts';
import { clockInWords } from '../../shell/words/words.ts';
import { workingTimeInWords } from '../../shell/words/working-time.ts';

const CLOCKS: Readonly<Record<DeadlineLine['kind'], string>> = { decision: 'Decision', claim: 'To be taken' };

export function presentClocks(
  { deadlines, statutoryDueAt, status, now }: ReferralPage,
  zone: string,
  when: (instant: Temporal.Instant) => string,
) {
  const names = { ...CLOCKS, decision: status === 'awaiting_sign_off' ? 'Sign-off' : CLOCKS.decision };
  const lines = deadlines.map((deadline) => {
    const { kind, rating, dueAt, state, endedAt, pausedUntil } = deadline;
    const late = endedAt !== null && Temporal.Instant.compare(dueAt, endedAt) < 0;
    return {
      name: `${names[kind]} (${rating})`,
      dueAt,
      due: dueInWords(dueAt, zone),
      running: state === 'open' ? clockInWords(dueAt, now, zone) : null,
      ended:
        endedAt === null
          ? null
          : `was due ${when(dueAt)}; ${endInWords(kind, state, late ? 'late' : 'on time', when(endedAt))}`,
      pausedUntil: pausedUntil !== null && Temporal.Instant.compare(now, pausedUntil) < 0 ? when(pausedUntil) : null,
    };
  });
  const statutory = {
    name: 'Statutory limit of one working day',
    dueAt: statutoryDueAt,
    due: dueInWords(statutoryDueAt, zone),
    running: status === 'decided' ? null : clockInWords(statutoryDueAt, now, zone),
    ended: status === 'decided' ? `was ${dueInWords(statutoryDueAt, zone)}` : null,
    pausedUntil: null,
  };
  // As on every other page: what runs before what has ended, and of that what is due first.
  return [...lines, statutory].sort(
    (a, b) =>
      Number(a.running === null) - Number(b.running === null) ||
      (a.running === null ? 0 : Temporal.Instant.compare(a.dueAt, b.dueAt)),
  );
}

/** How a clock ended. The first one is kept by a person who picks the referral up. */
function endInWords(
  kind: DeadlineLine['kind'],
  state: DeadlineLine['state'],
  how: 'late' | 'on time',
  at: string,
): string {
  if (state !== 'met') return `replaced by a new rating ${at}, ${how}`;
  return kind === 'claim' ? `picked up ${how}, ${at}` : `done ${at}, ${how}`;
}

/** The rule by which each clock was set, with its versions of policy and calendar: for the timeline. */
export function presentRulesOfClocks({ deadlines }: ReferralPage): readonly string[] {
  return deadlines.map(
    ({ kind, rating, within, policyVersion, calendarVersion }) =>
      `${CLOCKS[kind]} (${rating}): ${spanInWords(within)} after receipt at the latest (policy version ${policyVersion}, calendar version ${calendarVersion})`,
  );
}

export function presentResponseTime(
  { responseTime: time }: ReferralPage,
  zone: string,
  when: (instant: Temporal.Instant) => string,
) {
  if (time === null) return null;
  const orNever = (instant: Temporal.Instant | null) => (instant === null ? 'Never' : when(instant));
  return {
    heading: `Response time: ${time.onTime ? 'on time' : 'late'}, statutory limit ${time.withinStatutoryLimit ? 'kept' : 'missed'}`,
    list: summaryListOrNone([
      { key: 'Received', value: when(time.receivedAt) },
      { key: 'First opened', value: orNever(time.firstOpenedAt) },
      { key: 'First picked up', value: orNever(time.firstClaimedAt) },
      { key: 'First rated by a person', value: orNever(time.firstRatedAt) },
      { key: 'Decided', value: when(time.decidedAt) },
      { key: 'In effect', value: when(time.effectiveAt) },
      { key: 'Was due', value: `${when(time.dueAt)}: ${time.onTime ? 'on time' : 'late'}` },
      {
        key: 'Statutory limit',
        value: `${dueInWords(time.statutoryDueAt, zone)}: ${time.withinStatutoryLimit ? 'kept' : 'missed'}`,
      },
      { key: 'Elapsed time', value: minutesInWords(time.elapsedMinutes) },
      { key: 'Working time', value: `${workingTimeInWords(time.workingMinutes)}` },
      {
        key: 'Measured under',
        value: `policy version ${time.policyVersion}, calendar version ${time.calendarVersion}`,
      },
    ]),
  };
}
