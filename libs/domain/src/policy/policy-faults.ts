import { RATINGS, type Rating } from '../rating/rating.ts';
import {
  ALERT_GROUPS,
  CHANNELS,
  type CalendarData,
  type EscalationStep,
  type Rung,
  type TriagePolicy,
} from './triage-policy.ts';
import { nextWorkingDay, previousWorkingDay, WEEKDAYS } from '../working-time/working-calendar.ts';
import { plannedDay } from '../working-time/planned-day.ts';
import { decisionRuleFaults } from './decision-rules.ts';
import { workloadFaults } from './workload-rules.ts';
import { workingCalendar } from './default-calendar.ts';
import { followUpFaults } from './follow-up-rules.ts';
import type { PolicyFault } from './policy-fault.ts';
import { isWholeIn, spanFaults } from './span-faults.ts';

/** The largest number of closure days of one calendar. */
const MOST_CLOSURES = 200;

/**
 * The faults of a policy. Each rating needs whole spans within the limits, a step at the due time without a condition,
 * exactly one repeating step, as its last one, and people and channels for each step. The rules about decisions name known
 * codes, and keep one person from ending a red at early help or less.
 *
 * @param policy of the right shape, with values that may be wrong
 * @returns every fault; an empty list when the policy may be published
 */
export function policyFaults(policy: TriagePolicy): readonly PolicyFault[] {
  const faultsOfRatings = RATINGS.flatMap((rating) => {
    const at = `ratings.${rating}`;
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    return [
      ...spanFaults(`${at}.decisionDue`, decisionDue),
      ...(claimDue === null ? [] : spanFaults(`${at}.claimDue`, claimDue)),
      ...spanFaults(`${at}.acknowledgementPauses`, acknowledgementPauses),
      ...escalationFaults(rating, escalation),
      ...escalation.flatMap((step, index) => stepFaults(`${at}.escalation.${index}`, step)),
    ];
  });
  return [...faultsOfRatings, ...decisionRuleFaults(policy), ...followUpFaults(policy), ...workloadFaults(policy)];
}

function escalationFaults(rating: Rating, escalation: readonly EscalationStep[]): readonly PolicyFault[] {
  const at = `ratings.${rating}.escalation`;
  const faults: PolicyFault[] = [];
  if (!escalation.some((step) => 'at' in step && step.at === 'due' && step.onlyIf === undefined)) {
    faults.push({ at, message: `${withCapital(rating)} needs a step when the decision is due` });
  }
  const repeats = escalation.filter((step) => 'repeatEvery' in step);
  if (repeats.length !== 1 || !('repeatEvery' in escalation.at(-1)!)) {
    faults.push({ at, message: `${withCapital(rating)} needs exactly one repeating step, and it must be the last` });
  }
  if (escalation.at(-1)?.onlyIf !== undefined) {
    faults.push({
      at,
      message: `The repeating step of ${rating} goes on until the decision: it cannot have a condition`,
    });
  }
  return faults;
}

function stepFaults(at: string, step: EscalationStep): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  const span = 'repeatEvery' in step ? step.repeatEvery : step.at === 'due' ? null : Object.values(step.at)[0]!;
  if (span !== null) faults.push(...spanFaults(at, span));
  if ('at' in step && step.at !== 'due' && 'beforeDue' in step.at && 'workingDays' in step.at.beforeDue) {
    faults.push({ at, message: 'Working days cannot be counted back: enter working hours' });
  }
  if (step.tell.length === 0) faults.push({ at, message: 'Select whom to tell' });
  if (step.tell.some((group) => !ALERT_GROUPS.includes(group))) faults.push({ at, message: 'Select whom to tell' });
  return [...faults, ...(step.ladder === undefined ? [] : ladderFaults(at, step.ladder))];
}

function ladderFaults(at: string, ladder: readonly Rung[]): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  const channels = ladder.flatMap((rung) => rung.channels);
  if (channels.some((channel) => !CHANNELS.includes(channel)) || new Set(channels).size !== channels.length) {
    faults.push({ at, message: 'Select each channel once' });
  }
  const atOnce = ladder.filter(({ afterMinutes }) => afterMinutes === 0).flatMap((rung) => rung.channels);
  if (!atOnce.includes('email') && !atOnce.includes('sms')) {
    faults.push({ at, message: 'Use e-mail or text message at once: enter 0 for one of them' });
  }
  if (ladder.some(({ afterMinutes }) => !isWholeIn(afterMinutes, 0, 1440))) {
    faults.push({ at, message: 'Minutes before a channel is used must be from 0 to 1440' });
  }
  return faults;
}

/**
 * The faults of a calendar. The front door must open on at least one weekday, close later than it opens, and open again
 * within a year of each closure day: then working time always comes to an end.
 *
 * @param calendar of the right shape, with values that may be wrong; its time zone is not checked
 * @returns every fault; an empty list when the calendar may be published
 */
export function calendarFaults(calendar: CalendarData): readonly PolicyFault[] {
  const { opening, localClosures } = calendar;
  const faults: PolicyFault[] = [];
  for (const day of WEEKDAYS) {
    const hours = opening[day];
    if (hours === null) continue;
    if (!hours.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time))) {
      faults.push({ at: `opening.${day}`, message: 'Enter times such as 08:30' });
    } else if (hours[1] <= hours[0]) {
      faults.push({ at: `opening.${day}`, message: 'The closing time must be after the opening time' });
    }
  }
  if (WEEKDAYS.every((day) => opening[day] === null)) {
    faults.push({ at: 'opening', message: 'The front door must open on at least one day of the week' });
  }
  if (localClosures.some((day) => !isDate(day))) faults.push({ at: 'closures', message: 'Enter real dates' });
  if (localClosures.length > MOST_CLOSURES) {
    faults.push({ at: 'closures', message: `Enter ${MOST_CLOSURES} closed days or fewer` });
  }
  if (faults.length === 0 && !alwaysOpensAgain(calendar)) {
    faults.push({ at: 'closures', message: 'The front door must open again within a year of every closed day' });
  }
  return faults;
}

/** Whether there is a working day within a year after and before each closure day, as counting working time needs. */
function alwaysOpensAgain(data: CalendarData): boolean {
  const calendar = workingCalendar(data);
  try {
    for (const day of data.localClosures) {
      nextWorkingDay(calendar, Temporal.PlainDate.from(day));
      previousWorkingDay(calendar, Temporal.PlainDate.from(day));
    }
    return true;
  } catch {
    return false;
  }
}

function isDate(day: string): boolean {
  try {
    plannedDay(day);
    return true;
  } catch {
    return false;
  }
}

const withCapital = (rating: Rating) => rating.charAt(0).toUpperCase() + rating.slice(1);
