import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Outcome, ThresholdLevel } from '#domain';
import { Refused } from '#platform';
import { Database, once, rowsOf, SampleBlindReading, sql, type Transaction } from '#store';
import { lockItem } from './sample-item.ts';

export interface ReadBlindCommand {
  readonly itemId: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A reader gives the level and the outcome of a sampled referral, before the decision shows. */
@Injectable()
export class ReadBlind {
  constructor(private readonly database: Database) {}

  /**
   * @throws Refused `not-found`, `sample-of-own-decision`, `sample-already-graded`, `already-read-blind`, or
   * `form-sent-before`
   */
  async execute({ formId, by, ...answers }: ReadBlindCommand): Promise<void> {
    const form = { id: formId, kind: 'sample-blind', answers, about: answers.itemId };
    await this.database.as(by).transaction((tx) => once(tx, form, () => record(tx, { ...answers, by })));
  }
}

async function record(tx: Transaction, command: Omit<ReadBlindCommand, 'formId'>): Promise<object> {
  const { itemId, outcome, thresholdLevel, by } = command;
  const { decidedBy, decisionId, referralId, isGraded, readingId } = await lockItem(tx, itemId, by.id);
  if (readingId !== null) throw new Refused('already-read-blind');
  if (isGraded) throw new Refused('sample-already-graded');
  const hadOpened = await hasOpened(tx, { referralId, decisionId, readerId: by.id });
  await tx.insert(
    rowsOf(SampleBlindReading, {
      ...{ id: randomUUIDv7(), itemId, decidedBy, readerId: by.id },
      ...{ thresholdLevel, outcome, hadOpened, readAt: tx.now },
    }),
    auditEntry(tx, 'sample.blind-read', referralId, { itemId, hadOpened }),
  );
  return {};
}

/** Whether the reader opened the referral, its print, its alerts or the page of its child after it was decided: the record knows. */
async function hasOpened(
  tx: Transaction,
  { referralId, decisionId, readerId }: { referralId: string; decisionId: string; readerId: string },
): Promise<boolean> {
  const opened = await tx.row(sql`
    SELECT 1 FROM audit_entry WHERE referral_id = ${referralId} AND actor_id = ${readerId}
      AND act IN ('referral.read', 'referral.printed', 'alert-timeline.read', 'child.read')
      AND at >= (SELECT decided_at FROM decision WHERE id = ${decisionId}) LIMIT 1`);
  return opened !== null;
}
