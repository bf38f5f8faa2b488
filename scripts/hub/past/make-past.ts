import type { StaffActor } from '#access';
import { isOpen, localDate, subtractWorkingMinutes } from '#domain';
import type { Transaction } from '#store';
import { daysOfArrivals, momentOf, type DayOfArrivals } from './arrivals.ts';
import { CONCERNS, type Concern } from './concerns.ts';
import { dayAtTheDesk } from './days-at-the-desk.ts';
import type { HubAtWork, Team } from './hub-at-work.ts';
import { isOfAge, KnownFamilies } from './known-families.ts';
import { liveThrough } from './live-through.ts';
import type { PastReferral } from './past-referral.ts';
import type { Arrival } from './arrival.ts';
import { submission } from './submission.ts';
import { inForceAt, isBefore, type PastAgency, type World } from './world.ts';

/** What a past is to be like. */
export interface Plan {
  readonly from: Temporal.Instant;
  /** Nothing comes at or after this instant, and nothing happens. */
  readonly until: Temporal.Instant;
  /** Whether every referral is decided by then. */
  readonly isOverByThen: boolean;
  /** Referrals that come on a usual working day. */
  readonly aWorkingDay: number;
  readonly agencies: readonly PastAgency[];
  readonly team: Team;
  /** How often an agency refers beside others of its kind at an instant; 0 for not at all. */
  readonly weightOf: (agency: PastAgency, at: Temporal.PlainDate) => number;
  /** How much longer than usual the referrals take that come from an agency at an instant. */
  readonly slownessOf: (agency: PastAgency, at: Temporal.Instant) => number;
  /** Referrals that come whatever chance brings. */
  readonly staged: readonly Staged[];
}

/** A referral of a family that is not known, which comes at an instant and takes so many minutes. */
export interface Staged {
  readonly at: Temporal.Instant;
  readonly agency: PastAgency;
  readonly concern: Concern;
  readonly takes: number;
}

/** Of each hundred referrals, those of each kind of agency. */
const BY_KIND: Readonly<Record<string, number>> = {
  police: 27, school: 25, hospital: 11, health_visitor: 8, public: 8, gp: 4, housing: 5, midwifery: 3, voluntary: 3,
  probation: 1.5, adult_social_care: 1.5, other_authority: 2, education_service: 2,
}; // prettier-ignore
const NEVER_SHUTS = ['police', 'hospital', 'public'];
/** In a past that is over at its end, the last referral comes so long before. */
const WORKING_MINUTES_LEFT = 240;
/** As many referrals as are stored at a time: few statements, and little memory. */
const BATCH = 150;

/** Makes a past and stores it in batches. @returns how many referrals it has */
export async function makePast(tx: Transaction, world: World, hub: HubAtWork, plan: Plan): Promise<number> {
  let count = 0;
  // PostgreSQL stores one batch while the next is made.
  let storing = Promise.resolve();
  for (const _ of pastReferrals(world, hub, plan)) {
    count++;
    if (count % BATCH !== 0) continue;
    await storing;
    storing = world.rows.store(tx);
    // A failure is thrown where it is waited for.
    storing.catch(() => undefined);
    await beginToSend();
  }
  await storing;
  await world.rows.store(tx);
  return count;
}

/** Gives the statement the moment that it needs to leave for the database. */
function beginToSend(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The referrals of a past in the order of their receipt. The rows of each are complete when the next one is asked for. */
export function* pastReferrals(world: World, hub: HubAtWork, plan: Plan): Generator<PastReferral> {
  const { random } = world;
  const { calendar } = inForceAt(world, plan.until);
  // What is to be decided by the end has to come while there are people to decide it.
  const lastArrival = plan.isOverByThen
    ? subtractWorkingMinutes(calendar, plan.until, WORKING_MINUTES_LEFT)
    : plan.until;
  const [first, last] = [localDate(calendar, plan.from), localDate(calendar, lastArrival)];
  const families = new KnownFamilies(random);
  for (const day of daysOfArrivals(random, first, last.add({ days: 1 }), plan.aWorkingDay)) {
    const coming = [
      ...Array.from({ length: day.count }, () => whoComes(world, plan, families, day, null)),
      ...families.backWorse(day.date).map((back) => whoComes(world, plan, families, day, back)),
      ...plan.staged
        .filter(({ at }) => localDate(calendar, at).equals(day.date))
        .map((staged) => ({ ...staged, known: families.newcomer(staged.concern, day.date) })),
    ].filter(({ at }) => !isBefore(at, plan.from) && isBefore(at, lastArrival));
    coming.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    for (const { at, agency, concern, known, takes } of coming) {
      const slowness = plan.slownessOf(agency, at) * slownessFor(known.family);
      const arrival = arrivalOf(world, plan, { at, agency, concern, known, takes });
      const { until, isOverByThen } = plan;
      const life = { arrival, concern, slowness, takes, until, isOverByThen };
      const { referral, end } = liveThrough(world, hub, life);
      if (end !== null) families.ended(known, end, day.date);
      yield referral;
    }
    dayAtTheDesk(world, plan.team, day.date, plan.until);
  }
}

type KnownFamily = ReturnType<KnownFamilies['familyFor']>;

interface Coming {
  readonly at: Temporal.Instant;
  readonly agency: PastAgency;
  readonly concern: Concern;
  readonly known: KnownFamily;
  readonly takes: number | null;
}

/** Who refers what about whom on a day. @param back a family that comes back worse than before */
function whoComes(
  { random, versions }: World,
  { agencies, weightOf }: Plan,
  families: KnownFamilies,
  { date, isSchoolDay }: DayOfArrivals,
  back: KnownFamily | null,
): Coming {
  const isWeekend = date.dayOfWeek > 5;
  const worse = back === null ? null : random.pick(worseFor(back, date));
  const among = agencies.filter(({ kind }) => worse === null || worse.by.includes(kind));
  const perKind = Map.groupBy(among, ({ kind }) => kind);
  const agency = random.weighted(among, (one) => {
    const isShut = (isWeekend && !NEVER_SHUTS.includes(one.kind)) || (one.kind === 'school' && !isSchoolDay);
    const share = (BY_KIND[one.kind] ?? 1) / perKind.get(one.kind)!.length;
    return weightOf(one, date) * (isShut ? 0.002 : share);
  });
  const concern =
    worse ?? random.weighted(CONCERNS.filter(({ by }) => by.includes(agency.kind)), ({ weight }) => weight); // prettier-ignore
  const at = momentOf(random, versions[0]!.calendar, date, NEVER_SHUTS.includes(agency.kind));
  return { at, agency, concern, known: back ?? families.familyFor(concern, date), takes: null };
}

/** Concerns that are worse than what ended with little: those of the highest level that fit the child's age. */
function worseFor({ family }: KnownFamily, date: Temporal.PlainDate): readonly Concern[] {
  const fitting = CONCERNS.filter((concern) => concern.level === 4 && isOfAge(family, concern, date));
  return fitting.length > 0 ? fitting : CONCERNS.filter(({ level }) => level === 4).slice(0, 2);
}

/** People who need an interpreter, and children with a disability, wait a little longer. */
function slownessFor({ children, language }: KnownFamily['family']): number {
  return (language === 'English' ? 1 : 1.08) * (children[0]!.disabilities.includes('NONE') ? 1 : 1.05);
}

/** Members of the public ring or come in, and others ring now and then: a person of the hub takes it down. */
const RINGS: Readonly<Record<string, number>> = { public: 1, police: 0.09, school: 0.1, gp: 0.12, voluntary: 0.25 };
/** DfE's sources of individuals: relatives, acquaintances, themselves, others, and no name given. */
const INDIVIDUALS = ['1A', '1A', '1B', '1C', '1D', '1D', '9', '9'];

function arrivalOf(world: World, { team }: Plan, { at, agency, concern, known }: Coming): Arrival {
  const { random } = world;
  const { calendar } = inForceAt(world, at);
  const referral = submission(random, calendar, at, { agency, concern, family: known.family });
  const isTaken = random.happens(RINGS[agency.kind] ?? 0);
  const by: StaffActor = random.pick(isOpen(calendar, at) ? team.screeners : team.outOfHours.workers);
  const receivedBy = isOpen(calendar, at) && random.happens(0.12) ? 'walk_in' : 'telephone';
  return {
    ...{ at, agencyId: agency.id, referral },
    sourceCode: agency.kind === 'public' ? random.pick(INDIVIDUALS) : agency.sourceCode,
    taken: isTaken ? { by, receivedBy } : null,
  };
}
