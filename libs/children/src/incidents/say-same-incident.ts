import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { mustNotBeHidden, type StaffActor } from '#access';
import { auditEntry, type AuditedAct } from '#audit';
import { connected } from '#domain';
import { isUuid, Refused } from '#platform';
import { noteChange } from '#referrals';
import { Database, once, Referral, ReferralIncident, rowsOf, SameIncident, sql, type Transaction } from '#store';
import { haveInCommon } from './in-common.ts';
import { TellOfThirdContact } from './tell-of-third-contact.ts';

export interface SaySameIncidentCommand {
  /** The references of the two referrals. */
  readonly one: string;
  readonly other: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person says that two referrals report one incident: none of them is a re-referral after the other. */
@Injectable()
export class SaySameIncident {
  constructor(
    private readonly database: Database,
    private readonly thirdContact: TellOfThirdContact,
  ) {}

  /**
   * @throws Refused `not-found`, `form-sent-before`, `one-incident-already` also by way of others, or `nothing-in-common`
   * for referrals that share neither a child nor a household
   */
  async execute({ one, other, formId, by }: SaySameIncidentCommand): Promise<void> {
    const form = { id: formId, kind: 'same-incident', answers: { one, other } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await tx.lock('judgingIncidents', '');
        const [mine, theirs] = [await reportOf(tx, one), await reportOf(tx, other)];
        if (mine.id === theirs.id) throw new Refused('not-found');
        const members = await reportsWith(tx, [mine.id, theirs.id]);
        if (members.get(mine.id) === members.get(theirs.id)) throw new Refused('one-incident-already');
        if (!(await haveInCommon(tx, mine.id, theirs.id))) throw new Refused('nothing-in-common');
        const [oneId, otherId] = mine.id < theirs.id ? [mine.id, theirs.id] : [theirs.id, mine.id];
        await tx.insert(
          rowsOf(SameIncident, {
            ...{ id: randomUUIDv7(), oneId, otherId, saidBy: by.id, saidAt: tx.now },
            ...{ endedBy: null, endedAt: null, endReason: null },
          }),
        );
        await tx.overAll(async (all) =>
          this.thirdContact.execute(all, await settle(all, 'incident.joined', mine, theirs, [...members.keys()])),
        );
        return {};
      }),
    );
  }
}

/**
 * Two reports are of two incidents after all, as a person says: each counts by itself again, in the transaction of the act.
 *
 * @param said the id of what was said
 * @returns the ids of all referrals that the incident had
 * @throws Refused `not-found`, also when it has ended
 */
export async function partReports(
  tx: Transaction,
  thirdContact: TellOfThirdContact,
  { said, reason, by }: { readonly said: string; readonly reason: string; readonly by: StaffActor },
): Promise<readonly string[]> {
  await tx.lock('judgingIncidents', '');
  const found = isUuid(said) ? await tx.one(SameIncident, { id: said }, ['oneId', 'otherId', 'endedAt']) : null;
  if (found?.endedAt !== null) throw new Refused('not-found');
  const members = await reportsWith(tx, [found.oneId, found.otherId]);
  await tx.change(SameIncident, said, { endedBy: by.id, endedAt: tx.now, endReason: reason });
  const [one, other] = [await reportOf(tx, found.oneId), await reportOf(tx, found.otherId)];
  await tx.overAll(async (all) =>
    thirdContact.execute(all, await settle(all, 'incident.parted', one, other, [...members.keys()])),
  );
  return [...members.keys()];
}

type Report = Pick<Referral, 'id' | 'reference'>;

/** @throws Refused `not-found`, also for one that the person may not open */
async function reportOf(tx: Transaction, of: string): Promise<Report> {
  const found = await tx.one(Referral, isUuid(of) ? { id: of } : { reference: of }, ['id', 'reference']);
  if (found === null) throw new Refused('not-found');
  await mustNotBeHidden(tx, found.id);
  return found;
}

/** These referrals and all others that report the same incidents, each with its incident as it is kept. */
async function reportsWith(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ id: string; incident: string }>(sql`
    SELECT other.referral_id AS id, other.incident_id AS incident
    FROM referral_incident this JOIN referral_incident other USING (incident_id) WHERE this.referral_id = ANY(${ids})`);
  return new Map([...ids.map((id) => [id, id] as const), ...rows.map(({ id, incident }) => [id, incident] as const)]);
}

/**
 * The incidents, the versions and the record follow. A later referral of the same children changes too: what came before
 * it counts as other than it did.
 *
 * @returns the ids of all that changed
 */
async function settle(
  tx: Transaction,
  act: AuditedAct,
  one: Report,
  other: Report,
  members: readonly string[],
): Promise<readonly string[]> {
  const changed = await tx.rows<{ id: string }>(sql`
    SELECT id FROM referral WHERE id IN (
      SELECT unnest(${members}::uuid[]) UNION SELECT referral_id FROM earlier_referral WHERE earlier_id = ANY(${members}))
    ORDER BY id FOR NO KEY UPDATE`);
  const pairs = await tx.rows<Pick<SameIncident, 'oneId' | 'otherId'>>(sql`
    SELECT one_id AS "oneId", other_id AS "otherId" FROM same_incident
    WHERE ended_at IS NULL AND one_id = ANY(${members})`);
  const incidents = connected(pairs.map(({ oneId, otherId }) => [oneId, otherId]));
  await tx.run(sql`DELETE FROM referral_incident WHERE referral_id = ANY(${members})`);
  await tx.insert(
    ...(incidents.size === 0
      ? []
      : [rowsOf(ReferralIncident, ...[...incidents].map(([referralId, incidentId]) => ({ referralId, incidentId })))]),
    auditEntry(tx, act, one.id, { otherReferralId: other.id, other: other.reference }),
    auditEntry(tx, act, other.id, { otherReferralId: one.id, other: one.reference }),
  );
  for (const { id } of changed) await noteChange(tx, id);
  return changed.map(({ id }) => id);
}
