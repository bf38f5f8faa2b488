import type { StaffRole } from '#access';
import { SERVICE, sql } from '#store';
import { setClock, stopClock } from '../../scripts/demonstration/shift-clock.ts';
import { actsOf } from './acts.ts';
import { addAgency, addAllOnDuty, addPartner, addStaff } from './agencies-and-staff.ts';
import { rememberBeginning } from './beginning.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { useCasesOf } from './use-cases.ts';
import { alertsOf } from './verbs/alerts.ts';
import { damageOf } from './verbs/damage.ts';
import { decidedOf } from './verbs/decided.ts';
import { momentsOf } from './verbs/moments.ts';
import { peopleOf } from './verbs/people.ts';
import { referralsOf } from './verbs/referrals.ts';
import { sessionsOf } from './verbs/sessions.ts';

const AT_TEN_ON_MONDAY = '2026-11-23T10:00';
const inLondon = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();

/**
 * A hub with its people and use cases on a database of its own, whose clock stands still until it is moved. One for a
 * file; `reset` before each test.
 *
 * @param on another database, migrated and with nothing in it
 */
export async function createHub(on?: TestDatabase) {
  const test = on ?? (await createTestDatabase());
  const { database } = test;
  const agency = await addAgency(database);
  const onDuty = await addAllOnDuty(database);
  const people = {
    screener: await addStaff(database, 'screener', [], 'Sam Screener'),
    socialWorker: await addStaff(database, 'social_worker', [], 'Sol Worker'),
    manager: await addStaff(database, 'manager', [], 'Mel Manager'),
    otherManager: await addStaff(database, 'manager', [], 'Max Manager'),
    auditor: await addStaff(database, 'auditor', [], 'Ada Auditor'),
  };
  await stopClock(database, inLondon(AT_TEN_ON_MONDAY));
  const restore = await rememberBeginning(database);

  const referrals = referralsOf(database);
  const atWork = async () => {
    const cases = await useCasesOf(database, agency.agencyId);
    return { ...cases, ...actsOf(cases, referrals, people.manager) };
  };

  const hub = {
    ...test,
    ...people,
    ...referrals,
    ...peopleOf(database),
    ...alertsOf(database),
    ...momentsOf(database),
    ...damageOf(database),
    ...decidedOf(database),
    ...sessionsOf(database),
    ...(await atWork()),
    agency,
    onDuty,
    /** One more person of a role. */
    another: (role: StaffRole) => addStaff(database, role),
    /** One more agency, with its credential and a person who answers its requests. */
    anAgency: async (name: string) => {
      const { agencyId, token } = await addAgency(database, name);
      return { agencyId, token, partner: await addPartner(database, agencyId, `Pat of ${name}`) };
    },
    /** Every request for information, of whichever agency. */
    everyRequest: () =>
      database
        .as(SERVICE)
        .rows<{ id: string; agencyId: string }>(
          sql`SELECT id, agency_id AS "agencyId" FROM information_request ORDER BY asked_at, id`,
        ),
    /** An instant by London's clock. */
    at: inLondon,
    moveTo: (local: string) => stopClock(database, inLondon(local)),
    moveBy: async (duration: Temporal.DurationLike) => stopClock(database, (await database.now()).add(duration)),
    /** Sets the clock, and lets it run on from there. */
    clockRunsFrom: (local: string) => setClock(database, inLondon(local)),
    /** Lets the clock run on from here: for what runs by itself. */
    letClockRun: async () => setClock(database, await database.now()),
    moveToInstant: (at: Temporal.Instant) => stopClock(database, at),
    /**
     * Puts the hub back to what it was when it was made: ten o'clock on a working Monday, its people and its agency,
     * version 1 of policy and calendar, no referral and no person signed in.
     */
    reset: async (): Promise<void> => {
      await restore();
      await stopClock(database, inLondon(AT_TEN_ON_MONDAY));
      // Made anew, since some remember: the versions of policy and calendar, the steps that could not be fired.
      await hub.whole.close();
      Object.assign(hub, await atWork());
    },
  };
  return hub;
}

export type Hub = Awaited<ReturnType<typeof createHub>>;
