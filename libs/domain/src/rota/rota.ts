import type { AlertGroup } from '../policy/triage-policy.ts';
import {
  atLocalTime,
  isOpen,
  localDate,
  WEEKDAYS,
  type Weekday,
  type WorkingCalendar,
} from '../working-time/working-calendar.ts';

/** A person who answers alerts. */
export interface RotaPerson {
  readonly id: string;
  readonly groups: readonly AlertGroup[];
  /** Whether a message reaches them: an address that has not failed for good. */
  readonly isReachable: boolean;
}

/** A weekly turn in a group, local times `HH:MM`. One that ends at or before it begins ends the next day. */
export interface Shift {
  readonly group: AlertGroup;
  readonly personId: string;
  readonly weekday: Weekday;
  readonly from: string;
  readonly until: string;
}

/** While it lasts these people answer for the group instead of its weekly rota. */
export interface Cover {
  readonly group: AlertGroup;
  readonly personId: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

export interface Absence {
  readonly personId: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** Who answers when, as the hub has set it. A group without any shift is answered by all its people. */
export interface Rota {
  readonly people: readonly RotaPerson[];
  readonly shifts: readonly Shift[];
  readonly covers: readonly Cover[];
  readonly absences: readonly Absence[];
}

/** While the front door is shut these groups are answered by others (policy key `outOfHours`). */
const WHEN_SHUT: Partial<Record<AlertGroup, AlertGroup>> = {
  duty_team: 'emergency_duty_team',
  practice_manager: 'on_call_manager',
};

/** Who is asked when a group has nobody: the next more senior, and in the end those of last resort. */
const NEXT: Readonly<Record<AlertGroup, AlertGroup | null>> = {
  duty_team: 'practice_manager',
  practice_manager: 'service_manager',
  service_manager: 'head_of_service',
  head_of_service: 'last_resort',
  emergency_duty_team: 'on_call_manager',
  on_call_manager: 'service_manager',
  last_resort: null,
};

/** The groups that stand for those of a step at an instant: while the front door is shut, those on duty then. */
export function groupsOnDuty(
  calendar: WorkingCalendar,
  tell: readonly AlertGroup[],
  now: Temporal.Instant,
): readonly AlertGroup[] {
  if (isOpen(calendar, now)) return tell;
  return [...new Set(tell.map((group) => WHEN_SHUT[group] ?? group))];
}

/** Who an alert goes to, and the groups they answer for. */
export interface Told {
  readonly groups: readonly AlertGroup[];
  readonly people: readonly string[];
}

/** A rota made ready to be asked again and again. */
export class DutyRota {
  private readonly shiftsOfDay = new Map<string, readonly Cover[]>();

  constructor(
    private readonly rota: Rota,
    private readonly calendar: WorkingCalendar,
  ) {}

  /**
   * Who answers an alert. Never nobody while `last_resort` has a person: that group knows no shifts and no absences.
   *
   * @param tell the groups of the step
   */
  whoAnswers(tell: readonly AlertGroup[], now: Temporal.Instant): Told {
    const groups = new Set<AlertGroup>();
    const people = new Set<string>();
    for (const asked of groupsOnDuty(this.calendar, tell, now)) {
      let group: AlertGroup | null = asked;
      let found: readonly string[] = [];
      while (group !== null && (found = this.onDuty(group, now)).length === 0) group = NEXT[group];
      if (group !== null) groups.add(group);
      for (const person of found) people.add(person);
    }
    return { groups: [...groups], people: [...people] };
  }

  /** The people who answer for a group itself at an instant, without asking the next. */
  onDuty(group: AlertGroup, now: Temporal.Instant): readonly string[] {
    const members = this.rota.people.filter(({ groups }) => groups.includes(group));
    if (group === 'last_resort') return members.map(({ id }) => id);
    const named = this.named(group, now);
    const people = named === null ? members : this.rota.people.filter(({ id }) => named.includes(id));
    return people.filter((person) => person.isReachable && !this.isAbsent(person.id, now)).map(({ id }) => id);
  }

  /** Every instant in a stretch of time at which the answer may change, in order, beginning with `from`. */
  changes(from: Temporal.Instant, until: Temporal.Instant): readonly Temporal.Instant[] {
    const { covers, absences } = this.rota;
    const edges = [...covers, ...absences].flatMap((one) => [one.from, one.until]);
    const last = localDate(this.calendar, until);
    for (
      // A turn that began the day before may end today.
      let date = localDate(this.calendar, from).subtract({ days: 1 });
      Temporal.PlainDate.compare(date, last) <= 0;
      date = date.add({ days: 1 })
    ) {
      const opening = this.calendar.openingOn(date);
      if (opening !== null) edges.push(opening.opensAt, opening.closesAt);
      for (const shift of this.shiftsBeginningOn(date)) edges.push(shift.from, shift.until);
    }
    const within = edges
      .map(({ epochMilliseconds }) => epochMilliseconds)
      .filter((ms) => ms > from.epochMilliseconds && ms < until.epochMilliseconds);
    return [
      from,
      ...[...new Set(within)].sort((a, b) => a - b).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
    ];
  }

  /** Those whom a cover or the weekly rota names; null where the group has no weekly rota. */
  private named(group: AlertGroup, now: Temporal.Instant): readonly string[] | null {
    const covering = this.rota.covers.filter((cover) => cover.group === group && lasts(cover, now));
    if (covering.length > 0) return covering.map(({ personId }) => personId);
    if (!this.rota.shifts.some((shift) => shift.group === group)) return null;
    const today = localDate(this.calendar, now);
    return [...this.shiftsBeginningOn(today.subtract({ days: 1 })), ...this.shiftsBeginningOn(today)]
      .filter((shift) => shift.group === group && lasts(shift, now))
      .map(({ personId }) => personId);
  }

  private isAbsent(personId: string, now: Temporal.Instant): boolean {
    return this.rota.absences.some((absence) => absence.personId === personId && lasts(absence, now));
  }

  private shiftsBeginningOn(date: Temporal.PlainDate): readonly Cover[] {
    const day = date.toString();
    let found = this.shiftsOfDay.get(day);
    if (found === undefined) {
      found = this.rota.shifts
        .filter(({ weekday }) => weekday === WEEKDAYS[date.dayOfWeek - 1])
        .map(({ group, personId, from, until }) => ({
          group,
          personId,
          from: atLocalTime(this.calendar, date, from),
          until: atLocalTime(this.calendar, until <= from ? date.add({ days: 1 }) : date, until),
        }));
      this.shiftsOfDay.set(day, found);
    }
    return found;
  }
}

function lasts({ from, until }: { from: Temporal.Instant; until: Temporal.Instant }, now: Temporal.Instant): boolean {
  return from.epochMilliseconds <= now.epochMilliseconds && now.epochMilliseconds < until.epochMilliseconds;
}
