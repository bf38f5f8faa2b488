import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import { foldName, type FeedbackBy } from '#domain';
import { isUuid, Refused } from '#platform';
import { Agency, Database, rowsOf, SERVICE, sql, type Actor, type Transaction } from '#store';
import { sentOnce, type FormOrNone } from './sent-form.ts';

export interface NewAgency {
  readonly name: string;
  readonly kind: string;
  /** DfE source of referral, such as 2A. */
  readonly sourceCode: string;
  /** By what means its referrers are told of a decision; by e-mail where it is left out. */
  readonly feedbackBy?: FeedbackBy;
}

/** What an administrator puts right of an agency. */
export type AgencyNamed = Pick<NewAgency, 'name' | 'kind'>;

/** An agency in a list. */
export type AgencyLine = Pick<Agency, 'id' | 'name' | 'sourceCode'>;

/** An agency as an administrator sees it. */
export interface AgencyInFull extends AgencyLine {
  readonly kind: string;
  readonly feedbackBy: FeedbackBy;
  /** Its programs, and its people who sign in. */
  readonly clients: number;
  readonly people: number;
  /** When a person of it last referred by the form; null where none did. */
  readonly formUsedAt: Temporal.Instant | null;
  /** Since when neither its people nor its programs may do anything; null where they may. */
  readonly suspendedAt: Temporal.Instant | null;
}

/** What agencies are, by which lists and figures group them. */
export const AGENCY_KINDS = [
  ...['school', 'education_service', 'police', 'health_visitor', 'hospital', 'gp', 'midwifery', 'adult_social_care'],
  ...['housing', 'probation', 'other_authority', 'voluntary', 'public'],
] as const;

/** The agencies that refer children. */
@Injectable()
export class Agencies {
  constructor(private readonly database: Database) {}

  /** Every agency, by name. */
  async all(): Promise<readonly AgencyLine[]> {
    return this.database
      .as(SERVICE)
      .rows<AgencyLine>(sql`SELECT id, name, source_code AS "sourceCode" FROM agency ORDER BY name, id`);
  }

  /** Every agency with what is set up for it, by name. */
  async inFull(by: Actor): Promise<readonly AgencyInFull[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<AgencyInFull>(sql`
      SELECT id, name, kind, source_code AS "sourceCode", feedback_by AS "feedbackBy",
        (SELECT count(*)::int FROM agency_client c WHERE c.agency_id = agency.id) AS clients,
        (SELECT count(*)::int FROM staff_member s WHERE s.agency_id = agency.id AND s.is_active) AS people,
        (SELECT max(received_at) FROM referral r WHERE r.agency_id = agency.id AND r.channel = 'agency_form') AS "formUsedAt",
        suspended_at AS "suspendedAt"
      FROM agency ORDER BY name, id`),
    );
  }

  /**
   * @returns its id
   * @throws Refused `agency-there-already` for a name that differs from another in capitals, accents and signs at most
   */
  async add(agency: NewAgency, by: Actor, formId: FormOrNone = null): Promise<string> {
    const added = await this.database
      .as(by)
      .transaction((tx) => sentOnce(tx, formId, { kind: 'add-agency', answers: agency }, () => addAgency(tx, agency)));
    return added.agencyId;
  }

  /**
   * Puts the name of an agency right, and what it is. What it sent before shows the new name; the record keeps the old one.
   *
   * @throws Refused `not-found`, or `agency-there-already` for a name that another agency has as names are compared
   */
  async correct(id: string, right: AgencyNamed, by: Actor, formId: FormOrNone = null): Promise<void> {
    const form = { kind: 'correct-agency', answers: { id, ...right } };
    await this.database.as(by).transaction((tx) =>
      sentOnce(tx, formId, form, async () => {
        const foldedName = folded(right.name);
        await tx.lock('namingAgency');
        const before = isUuid(id) ? await tx.one(Agency, { id }, ['name', 'kind']) : null;
        if (before === null) throw new Refused('not-found');
        const alike = await tx.one(Agency, { foldedName }, ['id']);
        if (alike !== null && alike.id !== id) throw new Refused('agency-there-already');
        if (before.name === right.name && before.kind === right.kind) return {};
        await tx.change(Agency, id, { ...right, foldedName });
        const was = { nameBefore: before.name, kindBefore: before.kind };
        await tx.insert(auditEntry(tx, 'agency.corrected', null, { agencyId: id, ...right, ...was }));
        return {};
      }),
    );
  }

  /**
   * From the next request on nothing is taken from its people or its programs, and nothing shown to them; or it is let in
   * again. What they sent stays.
   *
   * @throws Refused `not-found`
   */
  async suspend(id: string, isSuspended: boolean, by: Actor, formId: FormOrNone = null): Promise<void> {
    const form = { kind: 'suspend-agency', answers: { id, isSuspended } };
    await this.database.as(by).transaction((tx) =>
      sentOnce(tx, formId, form, async () => {
        const found = await tx.row<{ isSuspended: boolean }>(sql`
          SELECT suspended_at IS NOT NULL AS "isSuspended" FROM agency WHERE id = ${id} FOR NO KEY UPDATE`);
        if (found === null) throw new Refused('not-found');
        if (found.isSuspended !== isSuspended) {
          await tx.change(Agency, id, { suspendedAt: isSuspended ? tx.now : null });
          const act = isSuspended ? 'agency.suspended' : 'agency.resumed';
          await tx.insert(auditEntry(tx, act, null, { agencyId: id }));
        }
        return {};
      }),
    );
  }

  /** From now on the referrers of an agency are told of decisions by this means. @returns whether there is such an agency */
  async setFeedback(
    of: { id: string } | { name: string },
    feedbackBy: FeedbackBy,
    by: Actor,
    formId: FormOrNone = null,
  ): Promise<boolean> {
    const answers = { ...of, feedbackBy };
    const { isThere } = await this.database.as(by).transaction((tx) =>
      sentOnce(tx, formId, { kind: 'agency-feedback', answers }, async () => {
        const found = await tx.one(Agency, of, ['id']);
        if (found === null) return { isThere: false };
        await tx.change(Agency, found.id, { feedbackBy });
        await tx.insert(auditEntry(tx, 'agency.feedback-set', null, { agencyId: found.id, feedbackBy }));
        return { isThere: true };
      }),
    );
    return isThere;
  }
}

/** A name as names are compared. One of signs alone folds to nothing: it is compared as it is. */
const folded = (name: string) => foldName(name) || name;

/** Adds an agency in the transaction of an act. @throws Refused `agency-there-already` */
export async function addAgency(tx: Transaction, agency: NewAgency) {
  const agencyId = randomUUIDv7();
  const foldedName = folded(agency.name);
  await tx.lock('namingAgency');
  if ((await tx.one(Agency, { foldedName }, ['id'])) !== null) throw new Refused('agency-there-already');
  await tx.insert(
    rowsOf(Agency, { id: agencyId, foldedName, feedbackBy: 'email', ...agency, createdAt: tx.now, suspendedAt: null }),
    auditEntry(tx, 'agency.added', null, { agencyId }),
  );
  return { agencyId };
}
