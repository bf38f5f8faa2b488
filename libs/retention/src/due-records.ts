import type { RetentionSchedule } from '#domain';
import { sql, type Transaction } from '#store';
import { dueAdvice, isAdviceHeld } from './due-advice.ts';
import type { DueRecord, IdOfRecord } from './due-record.ts';
import { dueReferrals, isReferralHeld } from './due-referrals.ts';
import type { LocalDay } from './local-day.ts';

/** Every record whose period is over. */
export async function dueRecords(
  tx: Transaction,
  schedule: RetentionSchedule,
  on: LocalDay,
): Promise<readonly DueRecord[]> {
  const referrals = await dueReferrals(tx, schedule, on, sql`TRUE`);
  return [...referrals, ...(await dueAdvice(tx, schedule.advice, on, sql`TRUE`))];
}

/** One record, if its period is over. */
export async function ifDue(
  tx: Transaction,
  schedule: RetentionSchedule,
  on: LocalDay,
  { referralId, consultationId }: IdOfRecord,
): Promise<DueRecord | null> {
  const [due = null] =
    referralId === null
      ? await dueAdvice(tx, schedule.advice, on, sql`a.id = ${consultationId}`)
      : await dueReferrals(tx, schedule, on, sql`r.id = ${referralId}`);
  return due;
}

/** Whether a hold lies on a record, or on every one. */
export function isHeld(tx: Transaction, { referralId, consultationId }: IdOfRecord): Promise<boolean> {
  return referralId === null ? isAdviceHeld(tx, consultationId!) : isReferralHeld(tx, referralId);
}
