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
import { workingCalendar } from './default-calendar.ts';
import type { Span } from '../working-time/span.ts';

/** What is wrong with a policy or calendar that somebody wants to bring into force. */
export interface PolicyFault {
  /** Where: the path of the value, such as `ratings.red.escalation.3`. */
  readonly at: string;
  readonly message: string;
}

/** The longest spans that make sense: whatever is longer is a slip of the finger. */
const LONGEST: Readonly<Record<string, number>> = {
  elapsedMinutes: 10_080,
  elapsedHours: 168,
  workingHours: 80,
  workingDays: 20,
};

/** More closed days than any hub has ahead of it. */
const MOST_CLOSURES = 200;

/** Everything wrong with a policy; an empty list when it may come into force. */
export function policyFaults(policy: TriagePolicy): readonly PolicyFault[] {
  return RATINGS.flatMap((rating) => {
    const at = `ratings.${rating}`;
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    return [
      ...spanFaults(`${at}.decisionDue`, decisionDue),
      ...(claimDue === null ? [] : spanFaults(`${at}.claimDue`, claimDue)),
      ...spanFaults(`${at}.acknowledgementPauses`, acknowledgementPauses),
      ...chainFaults(rating, escalation),
      ...escalation.flatMap((step, index) => stepFaults(`${at}.escalation.${index}`, step)),
    ];
  });
}

function chainFaults(rating: Rating, chain: readonly EscalationStep[]): readonly PolicyFault[] {
  const at = `ratings.${rating}.escalation`;
  const faults: PolicyFault[] = [];
  if (!chain.some((step) => 'at' in step && step.at === 'due' && step.onlyIf === undefined)) {
    faults.push({ at, message: `${inWords(rating)} needs a step when the decision is due` });
  }
  const repeats = chain.filter((step) => 'repeatEvery' in step);
  if (repeats.length !== 1 || !('repeatEvery' in chain.at(-1)!)) {
    faults.push({ at, message: `${inWords(rating)} needs exactly one repeating step, and it must be the last` });
  }
  if (chain.at(-1)?.onlyIf !== undefined) {
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

function spanFaults(at: string, span: Span): readonly PolicyFault[] {
  const entries = Object.entries(span);
  const [unit, length] = entries[0] ?? [];
  const longest = LONGEST[unit ?? ''];
  if (entries.length !== 1 || longest === undefined) return [{ at, message: 'Select hours, minutes or working days' }];
  return isWholeIn(length, 1, longest) ? [] : [{ at, message: `Enter a whole number from 1 to ${longest}` }];
}

/** Everything wrong with opening hours and closed days; an empty list when they may come into force. */
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

/** Working time has to come to an end, counted forward or back. */
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

function isWholeIn(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

const inWords = (rating: Rating) => rating.charAt(0).toUpperCase() + rating.slice(1);
