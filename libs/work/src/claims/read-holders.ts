import { Injectable } from '@nestjs/common';
import { mayHold, type StaffActor } from '#access';
import { Policies } from '#deadlines';
import { whoIsAtWork } from '#rota';
import { Database } from '#store';
import { readLoads, type Load } from './read-loads.ts';

/** A person to whom a referral can be given. */
export interface PossibleHolder extends Load {
  readonly isOnDuty: boolean;
  /** Until when they are away; null when they are not. */
  readonly awayUntil: Temporal.Instant | null;
}

/**
 * The people to whom a referral can be given: those on duty first, among them managers after those who work the queue, and
 * among these those with the fewest referrals.
 */
@Injectable()
export class ReadHolders {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  async execute(
    by: StaffActor,
  ): Promise<{ readonly people: readonly PossibleHolder[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => {
      const { onDuty, awayUntil } = await whoIsAtWork(tx, this.policies);
      const people = (await readLoads(tx)).filter(mayHold).map((load) => ({
        ...load,
        isOnDuty: onDuty.has(load.id),
        awayUntil: awayUntil.get(load.id) ?? null,
      }));
      return {
        people: people.sort((a, b) => placeOf(a) - placeOf(b) || managing(a) - managing(b) || heldBy(a) - heldBy(b)),
        now: tx.now,
      };
    });
  }
}

/** How many open referrals the person has. */
export function heldBy({ red, amber, green }: Pick<Load, 'red' | 'amber' | 'green'>): number {
  return red + amber + green;
}

function managing({ role }: PossibleHolder): number {
  return role === 'screener' || role === 'social_worker' ? 0 : 1;
}

function placeOf({ isOnDuty, awayUntil }: PossibleHolder): number {
  if (awayUntil !== null) return 2;
  return isOnDuty ? 0 : 1;
}
