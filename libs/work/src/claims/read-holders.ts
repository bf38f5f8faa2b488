import { Injectable } from '@nestjs/common';
import { mayHold, type StaffActor } from '#access';
import { Policies, type PolicyInForce } from '#deadlines';
import { inOrderOfProposal, whoKnowsAndCan, type CanTake, type Rating, type ToGive } from '#domain';
import { whoIsAtWork } from '#rota';
import { Database, sql, type Transaction } from '#store';
import { pointsInSql } from './points.ts';
import { readLoads, type Load } from './read-loads.ts';
import { whoKnowsChild, type KnowsChild } from './who-knows-child.ts';

/** A person to whom a referral can be given. */
export interface PossibleHolder extends Omit<Load, 'lastTakenAt'>, Omit<CanTake, 'points' | 'cap' | 'id'> {
  /** Until when they are away; null when they are not. */
  readonly awayUntil: Temporal.Instant | null;
  /** The earlier referral by which they know the child; null where they do not. */
  readonly knows: KnowsChild | null;
}

/** The people in the order in which they are proposed, and what is given to one of them. */
export interface Holders {
  readonly people: readonly PossibleHolder[];
  readonly given: ToGive;
  /** The ids of those to whom it can be given without a reason; null where it needs no reason for any person. */
  readonly expected: readonly string[] | null;
  readonly now: Temporal.Instant;
}

/** The people to whom referrals can be given, as `inOrderOfProposal` orders them. */
@Injectable()
export class ReadHolders {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @param references the referrals that are given; none where only the people are asked for */
  async execute(by: StaffActor, references: readonly string[] = []): Promise<Holders> {
    return this.database.as(by).transaction((tx) => holdersFor(tx, this.policies, references));
  }
}

/** The same in a transaction. */
export async function holdersFor(tx: Transaction, policies: Policies, references: readonly string[]): Promise<Holders> {
  const inForce = await policies.inForce(tx);
  const { onDuty, awayUntil } = await whoIsAtWork(tx, policies);
  const given = await toGive(tx, inForce, references);
  const knownOf: (readonly KnowsChild[])[] = [];
  for (const reference of new Set(references)) knownOf.push(await whoKnowsChild(tx, reference));
  const known = knownOf.flat();
  const keptOut = await whoIsKeptOut(tx, references);
  const mayHave = (load: Load) => mayHold(load) && !keptOut.has(load.id);
  const people = (await readLoads(tx, inForce.policy)).filter(mayHave).map((load) => ({
    ...load,
    lastTakenAt: load.lastTakenAt?.epochMilliseconds ?? null,
    isOnDuty: onDuty.has(load.id),
    isAway: awayUntil.has(load.id),
    awayUntil: awayUntil.get(load.id) ?? null,
    isWorker: load.role === 'screener' || load.role === 'social_worker',
    knows: known.find(({ id }) => id === load.id) ?? null,
    knowsChild: known.some(({ id }) => id === load.id),
  }));
  // Of several, each may be known to another person: who knows each of those that any person knows.
  const expected = knownOf
    .map((of) => people.map((person) => ({ ...person, knowsChild: of.some(({ id }) => id === person.id) })))
    .map((those) => whoKnowsAndCan(those, given).map(({ id }) => id))
    .filter((ids) => ids.length > 0);
  return {
    people: inOrderOfProposal(people, given),
    given,
    expected:
      expected.length === 0
        ? null
        : people.map(({ id }) => id).filter((id) => expected.every((ids) => ids.includes(id))),
    now: tx.now,
  };
}

/** The ids of the people who may not open one of these referrals. */
async function whoIsKeptOut(tx: Transaction, references: readonly string[]): Promise<ReadonlySet<string>> {
  if (references.length === 0) return new Set();
  const kept = await tx.rows<{ id: string }>(sql`
    SELECT s.id FROM staff_member s WHERE s.is_active AND EXISTS (
      SELECT 1 FROM referral r WHERE r.reference = ANY(${references}) AND r.id IN (SELECT mash.hidden_from(s.id)))`);
  return new Set(kept.map(({ id }) => id));
}

async function toGive(tx: Transaction, { policy }: PolicyInForce, references: readonly string[]): Promise<ToGive> {
  const chosen = await tx.rows<{ rating: Rating; points: number }>(sql`
    SELECT r.rating, ${pointsInSql(policy)}::float8 AS points FROM referral r WHERE r.reference = ANY(${references})`);
  return {
    points: chosen.reduce((sum, { points }) => sum + points, 0),
    isRed: chosen.length > 0 && chosen.every(({ rating }) => rating === 'red'),
  };
}

/** How many open referrals the person has. */
export function heldBy({ red, amber, green }: Pick<Load, 'red' | 'amber' | 'green'>): number {
  return red + amber + green;
}
