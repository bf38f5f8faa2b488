import type { StaffActor } from '#access';
import { auditEntry, type AuditDetails, type AuditedAct } from '#audit';
import { isWorkingDay } from '#domain';
import { AuditEntry } from '#store';
import type { Team } from './hub-at-work.ts';
import { inForceAt, isBefore, type World } from './world.ts';

/** By what people search, as the record says it. */
const SEARCHED_BY: readonly (readonly string[])[] = [
  ['name'],
  ['name', 'dateOfBirth'],
  ['nhsNumber'],
  ['postcode'],
  ['reference'],
];

/** Minutes after closing time. */
const GOES_HOME_WITHIN = 15;

/**
 * What the record says of a working day beside the acts on referrals: people sign in, look at the queue, search, and sign
 * out.
 *
 * @param until the end of the past: a day that is not over then is left out
 */
export function dayAtTheDesk(
  world: World,
  { screeners, socialWorkers, managers }: Team,
  date: Temporal.PlainDate,
  until: Temporal.Instant,
): void {
  const { calendar } = inForceAt(world, date.toZonedDateTime(world.versions[0]!.calendar.timeZone).toInstant());
  if (!isWorkingDay(calendar, date)) return;
  const { opensAt, closesAt } = calendar.openingOn(date)!;
  if (isBefore(until, closesAt.add({ minutes: GOES_HOME_WITHIN }))) return;
  const { random } = world;
  const minutes = opensAt.until(closesAt).total('minutes');
  for (const by of [...screeners, ...socialWorkers, ...managers.slice(0, 1)]) {
    if (random.happens(0.12)) continue;
    const at = (minute: number) => opensAt.add({ seconds: Math.round(minute * 60) + random.whole(0, 59) });
    const begins = random.whole(-12, 25);
    record(world, at(begins), by, 'staff.signed-in');
    record(world, at(begins + 1), by, 'queue.read', { view: 'waiting', lines: random.whole(2, 14) });
    if (random.happens(0.45)) {
      record(world, at(random.whole(60, minutes - 60)), by, 'search.made', {
        fields: random.pick(SEARCHED_BY),
        found: random.count(1.6),
      });
    }
    record(world, at(minutes + random.whole(-20, GOES_HOME_WITHIN - 1)), by, 'staff.signed-out');
  }
}

function record(world: World, at: Temporal.Instant, by: StaffActor, act: AuditedAct, details: AuditDetails = {}): void {
  const entry = auditEntry({ now: at, actor: by }, act, null, details);
  world.rows.add(AuditEntry, world.ids.oneOfThen<AuditEntry>(entry, at));
}
