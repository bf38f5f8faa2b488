import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { REVIEW_WITHIN_DAYS, type RestrictionCategory } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange } from '#referrals';
import {
  Database,
  once,
  RestrictedChild,
  RestrictedReferral,
  Restriction,
  rowsOf,
  sql,
  type Transaction,
} from '#store';
import { grantRows, mustWorkHere } from './grants.ts';
import { releaseHidden } from './release-hidden.ts';
import { setRestrictionClock } from './restriction-clock.ts';

export interface RestrictCommand {
  readonly reference: string;
  readonly category: RestrictionCategory;
  /** In the manager's own words. */
  readonly reason: string;
  /** The positions of the children whose every referral is to be restricted; none for this referral alone. */
  readonly children: readonly number[];
  /** The people who go on to work with it, by their ids; the manager is always among them. */
  readonly people: readonly string[];
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** From now on only named people may open a referral, and others of the same children if that is asked. */
@Injectable()
export class RestrictReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Where its holder is not let in, the referral is back on the queue.
   *
   * @throws Refused `not-found`, `form-not-whole` for a child or a person that is not there, `restricted-already` or `form-sent-before`
   */
  async execute({ formId, by, ...command }: RestrictCommand): Promise<void> {
    const form = { id: formId, kind: 'restrict', answers: command };
    await this.database.as(by).transaction((tx) => once(tx, form, () => this.restrict(tx, command, by)));
  }

  private async restrict(tx: Transaction, command: Omit<RestrictCommand, 'formId' | 'by'>, by: StaffActor) {
    const { reference, category, reason, children } = command;
    const people = [...new Set([by.id, ...command.people])];
    const referral = await lockReferral(tx, reference);
    if (await isRestricted(tx, referral.id)) throw new Refused('restricted-already');
    await mustHaveChildren(tx, referral.id, children);
    await mustWorkHere(tx, people);
    const id = randomUUIDv7();
    const reviewAt = tx.now.add({ hours: REVIEW_WITHIN_DAYS * 24 });
    const open = { endedBy: null, endedAt: null, endReason: null };
    const ids = { restrictionId: id, referralId: referral.id };
    await tx.insert(
      rowsOf(Restriction, { id, category, reason, setBy: by.id, setAt: tx.now, reviewAt, ...open }),
      rowsOf(RestrictedReferral, { ...ids, coveredAt: tx.now }),
      rowsOf(RestrictedChild, ...children.map((position) => ({ ...ids, position }))),
      grantRows(tx, id, people, 'involved', by.id),
      auditEntry(tx, 'restriction.set', referral.id, { restrictionId: id, category, people }),
    );
    await tx.rows(sql`SELECT mash.cover(${id}) IS NULL AS covered`);
    await releaseHidden(tx);
    await noteCovered(tx, id);
    await setRestrictionClock(tx, id, await this.policies.inForce(tx));
    return {};
  }
}

/** Whether a restriction in force covers a referral. */
async function isRestricted(tx: Transaction, referralId: string): Promise<boolean> {
  const found = await tx.row(sql`
    SELECT 1 FROM restricted_referral covered JOIN restriction r ON r.id = covered.restriction_id
    WHERE covered.referral_id = ${referralId} AND r.ended_at IS NULL`);
  return found !== null;
}

/** Open pages of what is covered are renewed. */
async function noteCovered(tx: Transaction, restrictionId: string): Promise<void> {
  const covered = await tx.rows<{ id: string }>(sql`
    SELECT r.id FROM restricted_referral covered JOIN referral r ON r.id = covered.referral_id
    WHERE covered.restriction_id = ${restrictionId} ORDER BY r.id FOR NO KEY UPDATE OF r`);
  for (const { id } of covered) await noteChange(tx, id);
}

/** @throws Refused `form-not-whole` for a position that no child has */
async function mustHaveChildren(tx: Transaction, referralId: string, positions: readonly number[]): Promise<void> {
  const found = await tx.rows(sql`
    SELECT 1 FROM referral_child WHERE referral_id = ${referralId} AND position = ANY(${positions}::int[])`);
  if (found.length !== new Set(positions).size) throw new Refused('form-not-whole');
}
