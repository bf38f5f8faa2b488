import type { StaffActor } from '#access';
import type { PolicyInForce } from '#deadlines';
import type { ChannelsInUse, LoadedRota } from '#rota';
import type { EarlierReferrals } from './earlier-referrals.ts';
import type { Ids } from './ids.ts';
import type { PastRows } from './past-rows.ts';
import type { Seeded } from './seeded.ts';

/** A policy and a calendar, and the instant from which they are in force. */
export interface VersionsFrom extends PolicyInForce {
  readonly from: Temporal.Instant;
}

/** An agency as it stands in the database. */
export interface PastAgency {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly sourceCode: string;
}

/** A time in which no e-mail leaves the hub. */
export interface MailOutage {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** Everything that a past referral is made of and with. */
export interface World {
  readonly random: Seeded;
  readonly ids: Ids;
  readonly rows: PastRows;
  readonly earlier: EarlierReferrals;
  /** Those that are given. */
  readonly references: Set<string>;
  /** Every version that came into force, the first first. */
  readonly versions: readonly VersionsFrom[];
  readonly rota: LoadedRota;
  readonly channels: ChannelsInUse;
  /** The people who may be told and who acknowledge, by id. */
  readonly staff: ReadonlyMap<string, StaffActor>;
  readonly mailOutages: readonly MailOutage[];
  /** Since when `recorded-beside.ts` has something to record. */
  readonly recordedSince: Temporal.Instant;
}

/** The versions in force at an instant. */
export function inForceAt({ versions }: Pick<World, 'versions'>, at: Temporal.Instant): VersionsFrom {
  return versions.findLast(({ from }) => Temporal.Instant.compare(from, at) <= 0)!;
}

export const isBefore = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0;
export const laterOf = (one: Temporal.Instant, ...others: readonly Temporal.Instant[]) =>
  others.reduce((latest, next) => (isBefore(latest, next) ? next : latest), one);
