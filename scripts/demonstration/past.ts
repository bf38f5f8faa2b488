import { randomUUID } from 'node:crypto';
import { Staff } from '#access';
import { PublishVersion } from '#deadlines';
import { DEFAULT_POLICY, localDate, type TriagePolicy } from '#domain';
import type { Transaction } from '#store';
import { CONCERNS, type Concern } from '../hub/past/concerns.ts';
import { HubAtWork, type Team } from '../hub/past/hub-at-work.ts';
import { loadWorld } from '../hub/past/load-world.ts';
import { makePast, type Plan } from '../hub/past/make-past.ts';
import { isBefore } from '../hub/past/world.ts';
import type { WholeHub } from '../hub/whole-hub.ts';

/** The past of the demonstration is always the same one, moved to the day of its start. */
const SEED = 20_261_126;
const MONTHS = 13;
/** The stories of the present begin a week before the start. */
export const PAST_ENDS = { hours: 7 * 24 };
/** Referrals on a usual working day in term. */
const A_WORKING_DAY = 3.4;
/** Before this many months ago the hub did not record progression, primary need and reasons for lateness. */
const RECORDED_FOR_MONTHS = 5;
/** The change of the policy, in months before the start: green referrals are to be decided in two working days, not three. */
const POLICY_CHANGED_MONTHS_AGO = 6;

/** It has sent nothing for more than 60 days. */
const SILENT = { agency: 'Copperbeck Primary School', days: 76 };
/** Its referrals wait longer than those of others, and not by chance. */
const SLOW = { agency: 'Borough Housing Options Service', times: 2.3 };
/** How often some agencies refer beside others of their kind. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'Borough Housing Options Service': 2.6,
  'Copperbeck Primary School': 2,
  'Hartsmoor General Hospital - Emergency Department': 2,
  'Members of the public': 4,
  'Public - anonymous': 0.5,
};
/** In the last whole month two people were ill: everything took longer. */
const BAD_MONTH_TIMES = 1.85;

/** An evening on which no e-mail left the hub: a red came, and an alert about it reached no person. */
const OUTAGE = {
  daysBeforeEnd: 66,
  comes: '18:05',
  mailOutFrom: '18:20',
  mailOutUntil: '22:00',
  takes: 150,
  agency: 'Tame Valley Police',
};

const STRANGLED: Concern = { ...CONCERNS[1]!, ages: [4, 11], ends: [['strategy_discussion', 4, 1]] };

/** The second version of the policy, with its reason. */
export const CHANGED_POLICY: { readonly policy: TriagePolicy; readonly reason: string } = {
  policy: {
    ...DEFAULT_POLICY,
    ratings: { ...DEFAULT_POLICY.ratings, green: { ...DEFAULT_POLICY.ratings.green, decisionDue: { workingDays: 2 } } },
  },
  reason: 'Families who need early help waited too long: a green is decided in two working days, not three',
};

/** The instants that divide the past of a demonstration that starts now. */
export function pastOf(now: Temporal.Instant, timeZone: string) {
  const today = localDate({ timeZone }, now);
  const monthAgo = (months: number) => today.with({ day: 1 }).subtract({ months });
  const instant = (date: Temporal.PlainDate, time = '00:00') =>
    date.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
  const outageOn = today.subtract({ days: OUTAGE.daysBeforeEnd });
  return {
    from: instant(monthAgo(MONTHS)),
    until: now.subtract(PAST_ENDS),
    policyChanges: instant(monthAgo(POLICY_CHANGED_MONTHS_AGO), '06:00'),
    recordedSince: instant(monthAgo(RECORDED_FOR_MONTHS)),
    badMonth: { from: instant(monthAgo(1)), until: instant(monthAgo(0)) },
    silentFrom: today.subtract({ days: SILENT.days }),
    outage: {
      comes: instant(outageOn, OUTAGE.comes),
      mail: { from: instant(outageOn, OUTAGE.mailOutFrom), until: instant(outageOn, OUTAGE.mailOutUntil) },
    },
  };
}

/** A manager publishes the changed policy, at the moment that the clock shows. */
export async function changePolicy(hub: WholeHub): Promise<void> {
  const by = (await hub.get(Staff).bySubject('ruth.calder'))!;
  const version = { kind: 'policy', policy: CHANGED_POLICY.policy } as const;
  const { reason } = CHANGED_POLICY;
  await hub.get(PublishVersion).execute({ version, reason, effectiveFrom: null, seen: 1, formId: randomUUID(), by });
}

/** Makes the demonstration's past, for the people and agencies that are there. @returns how many referrals it has */
export async function makeDemonstrationPast(tx: Transaction, past: ReturnType<typeof pastOf>): Promise<number> {
  const { world, hub, plan } = await planOf(tx, past);
  return makePast(tx, world, hub, plan);
}

/** The plan of the demonstration's past, and the world in which it is made. */
export async function planOf(
  tx: Transaction,
  { from, until, recordedSince, badMonth, silentFrom, outage }: ReturnType<typeof pastOf>,
) {
  const world = await loadWorld(tx, SEED, { recordedSince, mailOutages: [outage.mail] });
  const { agencies } = world;
  const police = agencies.find(({ name }) => name === OUTAGE.agency)!;
  const team = teamOf([...world.staff.values()]);
  const isBad = (at: Temporal.Instant) => !isBefore(at, badMonth.from) && isBefore(at, badMonth.until);
  const plan: Plan = {
    ...{ from, until, isOverByThen: true, aWorkingDay: A_WORKING_DAY, agencies, team },
    staged: [{ at: outage.comes, agency: police, concern: STRANGLED, takes: OUTAGE.takes }],
    weightOf: ({ name }, at) => {
      const isSilent = name === SILENT.agency && Temporal.PlainDate.compare(silentFrom, at) <= 0;
      return isSilent ? 0 : (WEIGHTS[name] ?? 1);
    },
    slownessOf: ({ name }, at) => (name === SLOW.agency ? SLOW.times : 1) * (isBad(at) ? BAD_MONTH_TIMES : 1),
  };
  return { world, hub: new HubAtWork(world, team), plan };
}

function teamOf(staff: readonly Parameters<HubAtWork['managerBeside']>[1][]): Team {
  const named = (...names: readonly string[]) => names.map((name) => staff.find((one) => one.name === name)!);
  return {
    screeners: named('Sam Okafor', 'Priya Nair'),
    socialWorkers: named('Jo Marsh', 'Tomasz Lis'),
    managers: named('Helen Brough', 'David Achebe', 'Ruth Calder'),
    outOfHours: { workers: named('Nadia Iqbal'), managers: named('Owen Price') },
  };
}
