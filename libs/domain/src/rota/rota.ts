import type { Addressee } from '../deadlines/escalation.ts';
import type { AlertGroup } from '../policy/triage-policy.ts';
import {
  atLocalTime,
  isOpen,
  localDate,
  WEEKDAYS,
  type Weekday,
  type WorkingCalendar,
} from '../working-time/working-calendar.ts';

/** A person who may answer alerts, with the groups that the person belongs to. */
export interface RotaPerson {
  readonly id: string;
  readonly groups: readonly AlertGroup[];
  /** The agency for which the person answers; a person of the hub has none. */
  readonly agencyId?: string | null;
  /** Whether the person has an address that a channel in use reaches and that is not dead. */
  readonly isReachable: boolean;
}

/**
 * A weekly turn of a person in a group, in local times `HH:MM`. It ends the next day when `until` is not after `from`.
 */
export interface Shift {
  readonly group: AlertGroup;
  readonly personId: string;
  readonly weekday: Weekday;
  readonly from: string;
  readonly until: string;
}

/** A time in which a person answers for a group instead of its turns, from the first instant up to the second. */
export interface Cover {
  readonly group: AlertGroup;
  readonly personId: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** A time in which a person does not answer, from the first instant up to the second. */
export interface Absence {
  readonly personId: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** The rota as the hub has set it (decision record 12). All people of a group answer for it when it has no turns. */
export interface Rota {
  readonly people: readonly RotaPerson[];
  readonly shifts: readonly Shift[];
  readonly covers: readonly Cover[];
  readonly absences: readonly Absence[];
}

/** The groups that stand for others while the front door is shut (policy key `outOfHours`). */
const OUT_OF_HOURS: Partial<Record<AlertGroup, AlertGroup>> = {
  duty_team: 'emergency_duty_team',
  practice_manager: 'on_call_manager',
};

/**
 * The next more senior group, which is asked when no person of a group answers. The last group asked is last resort.
 */
const NEXT_MORE_SENIOR: Readonly<Record<AlertGroup, AlertGroup | null>> = {
  duty_team: 'practice_manager',
  practice_manager: 'service_manager',
  service_manager: 'head_of_service',
  head_of_service: 'last_resort',
  emergency_duty_team: 'on_call_manager',
  on_call_manager: 'service_manager',
  last_resort: null,
};

/**
 * The groups on duty for the groups of a step (policy key `outOfHours`): the same groups while the front door is open,
 * and those that stand for them while it is shut.
 *
 * @param tell the groups of the step
 * @param now the instant in question
 * @returns each group once
 */
export function groupsOnDuty(
  calendar: WorkingCalendar,
  tell: readonly AlertGroup[],
  now: Temporal.Instant,
): readonly AlertGroup[] {
  if (isOpen(calendar, now)) return tell;
  return [...new Set(tell.map((group) => OUT_OF_HOURS[group] ?? group))];
}

/** The groups that are asked when the owner of a deadline is away, and when an agency has no person who answers. */
const FOR_AN_OWNER: AlertGroup = 'practice_manager';
const FOR_AN_AGENCY: AlertGroup = 'duty_team';

/** The recipients of an alert: the ids of the people, and the groups that they answer for. */
export interface Told {
  readonly groups: readonly AlertGroup[];
  readonly people: readonly string[];
}

/** A rota that says which people answer at an instant. It works out the turns of each local date once. */
export class DutyRota {
  private readonly shiftsOfDay = new Map<string, readonly Cover[]>();

  constructor(
    private readonly rota: Rota,
    private readonly calendar: WorkingCalendar,
  ) {}

  /**
   * The people who answer an alert (decision record 12). When no person of a group answers, the next more senior group
   * is asked. There is at least one person as long as `last_resort` has one: that group has neither turns nor absences.
   *
   * @param tell the groups of the step
   * @param now the instant of firing
   * @param about the id of the person whom the alert is about: it goes to another, if there is any
   */
  whoAnswers(tell: readonly AlertGroup[], now: Temporal.Instant, about: string | null = null): Told {
    const groups = new Set<AlertGroup>();
    const people = new Set<string>();
    for (const asked of groupsOnDuty(this.calendar, tell, now)) {
      let group: AlertGroup | null = asked;
      let found: readonly string[] = [];
      const answering = (one: AlertGroup) => this.onDuty(one, now).filter((id) => id !== about);
      while (group !== null && (found = answering(group)).length === 0) group = NEXT_MORE_SENIOR[group];
      if (group !== null) groups.add(group);
      for (const person of found) people.add(person);
    }
    if (about !== null && people.size === 0) return this.whoAnswers(tell, now);
    return { groups: [...groups], people: [...people] };
  }

  /**
   * The people whom a step tells. For an owner who is away or cannot be reached, the practice manager is asked; for an
   * agency of which no person can be reached, the duty team.
   *
   * @param tell the groups of the step, or the owner or the agency of its deadline
   * @param waitsFor the ids of that owner and that agency, null when the deadline has none; `aboutId` of the person whom the
   * deadline is about, who is told only where no other person is there
   * @param now the instant of firing
   */
  whoIsTold(
    tell: readonly Addressee[],
    {
      ownerId,
      agencyId,
      aboutId = null,
    }: { readonly ownerId: string | null; readonly agencyId?: string | null; readonly aboutId?: string | null },
    now: Temporal.Instant,
  ): { readonly groups: readonly Addressee[]; readonly people: readonly string[] } {
    const owner = tell.includes('owner') && ownerId !== null && this.isThere(ownerId, now) ? [ownerId] : [];
    const agency = tell.includes('agency') ? this.peopleOfAgency(agencyId, now) : [];
    const asked = tell.map((one) => {
      if (one === 'owner') return owner.length > 0 ? null : FOR_AN_OWNER;
      return one === 'agency' ? (agency.length > 0 ? null : FOR_AN_AGENCY) : one;
    });
    const others = this.whoAnswers([...new Set(asked.filter((group) => group !== null))], now, aboutId);
    return {
      groups: [
        ...(owner.length > 0 ? (['owner'] as const) : []),
        ...(agency.length > 0 ? (['agency'] as const) : []),
        ...others.groups,
      ],
      people: [...new Set([...owner, ...agency, ...others.people])],
    };
  }

  /**
   * The people who answer for one group, without asking the next more senior group.
   *
   * @param now the instant in question
   * @returns the ids of those who are reachable and not absent; for `last_resort` of all its people
   */
  onDuty(group: AlertGroup, now: Temporal.Instant): readonly string[] {
    const members = this.rota.people.filter(({ groups }) => groups.includes(group));
    if (group === 'last_resort') return members.map(({ id }) => id);
    const named = this.peopleNamed(group, now);
    const people = named === null ? members : this.rota.people.filter(({ id }) => named.includes(id));
    return people.filter((person) => person.isReachable && !this.isAbsent(person.id, now)).map(({ id }) => id);
  }

  /**
   * The instants at which the people who answer may change: openings, closings, and the edges of turns, covers and
   * absences.
   *
   * @param from the first instant, which is always among them
   * @param until the end, which is not
   * @returns the instants in order, each once
   */
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

  /** The ids of the people whom a cover names, else of those whose turn it is; null when the group has no turns. */
  private peopleNamed(group: AlertGroup, now: Temporal.Instant): readonly string[] | null {
    const covering = this.rota.covers.filter((cover) => cover.group === group && contains(cover, now));
    if (covering.length > 0) return covering.map(({ personId }) => personId);
    if (!this.rota.shifts.some((shift) => shift.group === group)) return null;
    const today = localDate(this.calendar, now);
    return [...this.shiftsBeginningOn(today.subtract({ days: 1 })), ...this.shiftsBeginningOn(today)]
      .filter((shift) => shift.group === group && contains(shift, now))
      .map(({ personId }) => personId);
  }

  private peopleOfAgency(agencyId: string | null | undefined, now: Temporal.Instant): readonly string[] {
    if (agencyId === null || agencyId === undefined) return [];
    return this.rota.people
      .filter((person) => person.agencyId === agencyId && person.isReachable && !this.isAbsent(person.id, now))
      .map(({ id }) => id);
  }

  private isThere(personId: string, now: Temporal.Instant): boolean {
    return (
      this.rota.people.some(({ id, isReachable }) => id === personId && isReachable) && !this.isAbsent(personId, now)
    );
  }

  private isAbsent(personId: string, now: Temporal.Instant): boolean {
    return this.rota.absences.some((absence) => absence.personId === personId && contains(absence, now));
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

function contains(
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
  now: Temporal.Instant,
): boolean {
  return from.epochMilliseconds <= now.epochMilliseconds && now.epochMilliseconds < until.epochMilliseconds;
}
