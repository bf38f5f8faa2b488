import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { REVIEW_WITHIN_DAYS, type RestrictionCategory } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange, releaseReferral } from '#referrals';
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
import { grantRows } from './grants.ts';

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
  constructor(private readonly database: Database) {}

  /**
   * Where its holder is not let in, the referral is back on the queue.
   *
   * @throws Refused `not-found`, `restricted-already` or `form-sent-before`
   */
  async execute({ formId, by, ...command }: RestrictCommand): Promise<void> {
    const form = { id: formId, kind: 'restrict', answers: command };
    await this.database.as(by).transaction((tx) => once(tx, form, () => restrict(tx, command, by)));
  }
}

async function restrict(tx: Transaction, command: Omit<RestrictCommand, 'formId' | 'by'>, by: StaffActor) {
  const { reference, category, reason, children } = command;
  const people = [...new Set([by.id, ...command.people])];
  const referral = await lockReferral(tx, reference);
  if (await isRestricted(tx, referral.id)) throw new Refused('restricted-already');
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
  await releaseFromOthers(tx, id, people);
  return {};
}

/** Whether a restriction in force covers a referral. */
async function isRestricted(tx: Transaction, referralId: string): Promise<boolean> {
  const found = await tx.row(sql`
    SELECT 1 FROM restricted_referral covered JOIN restriction r ON r.id = covered.restriction_id
    WHERE covered.referral_id = ${referralId} AND r.ended_at IS NULL`);
  return found !== null;
}

/** Referrals that people hold who are not let in go back on the queue, and open pages are renewed. */
async function releaseFromOthers(tx: Transaction, restrictionId: string, people: readonly string[]): Promise<void> {
  const covered = await tx.rows<{ id: string; isWithAnother: boolean }>(sql`
    SELECT r.id, r.status = 'awaiting_decision' AND r.claimed_by IS NOT NULL AND r.claimed_by <> ALL(${people}) AS "isWithAnother"
    FROM restricted_referral covered JOIN referral r ON r.id = covered.referral_id
    WHERE covered.restriction_id = ${restrictionId} ORDER BY r.id FOR NO KEY UPDATE OF r`);
  for (const { id, isWithAnother } of covered) {
    if (isWithAnother) await releaseReferral(tx, id);
    else await noteChange(tx, id);
  }
}
