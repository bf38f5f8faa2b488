import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { followUpRows, followUpSubject, Policies } from '#deadlines';
import { after, armFollowUp, followUpSpan, GLASS_MINUTES, mayBreakGlass } from '#domain';
import { Refused } from '#platform';
import { Database, GlassBroken, once, RestrictionGrant, rowsOf, type Transaction } from '#store';
import { behindGlass } from './restriction-of.ts';

export interface BreakGlassCommand {
  readonly reference: string;
  /** Why it cannot wait, in the person's own words. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person who was not named opens a restricted record, because a child may be in danger and no one who was named is there.
 * They read it for an hour; a manager is told at once, and another person looks at it afterwards.
 */
@Injectable()
export class BreakGlass {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * Does nothing where the person may open the referral anyway. That they signed in anew is for the console to see to.
   *
   * @throws Refused `not-found`, `barred` where they are or know one of the people, or `form-sent-before`
   */
  async execute({ reference, reason, formId, by }: BreakGlassCommand): Promise<void> {
    const form = { id: formId, kind: 'break-glass', answers: { reference, reason } };
    await this.database.as(by).transaction((tx) => once(tx, form, () => this.break(tx, reference, reason, by)));
  }

  private async break(tx: Transaction, reference: string, reason: string, by: StaffActor) {
    const { id: referralId, rating, closed, ...referral } = await behindGlass(tx, reference, by);
    if (!mayBreakGlass(closed)) throw new Refused('barred');
    if (closed.length === 0) return {};
    const id = randomUUIDv7();
    const until = tx.now.add({ minutes: GLASS_MINUTES });
    const grant = {
      staffId: by.id,
      givenBy: by.id,
      givenAt: tx.now,
      until,
      openingId: id,
      endedBy: null,
      endedAt: null,
    };
    const { policy, calendar, ...versions } = await this.policies.inForce(tx);
    const dueAt = after(calendar, tx.now, followUpSpan(policy, 'glass_broken', rating));
    const armed = armFollowUp(calendar, 'glass_broken', { rating, startedAt: tx.now, dueAt });
    const subject = followUpSubject(referral.reference, id);
    await tx.insert(
      rowsOf(GlassBroken, { id, referralId, brokenBy: by.id, brokenAt: tx.now, until, reason }),
      rowsOf(RestrictionGrant, ...closed.map((one) => ({ id: randomUUIDv7(), restrictionId: one.id, ...grant }))),
      auditEntry(tx, 'glass.broken', referralId, { glassId: id, restrictions: closed.map((one) => one.id) }),
      ...followUpRows(tx, { kind: 'glass_broken', subject, ownerId: by.id }, armed, versions),
    );
    return {};
  }
}
