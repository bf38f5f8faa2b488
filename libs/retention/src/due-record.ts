import type { Kept } from '#domain';
import type { DestructionProposal } from '#store';

/** What a line of a proposal is about: a referral, or advice that led to none. */
export type RecordInQuestion = Pick<DestructionProposal, 'referralId' | 'reference' | 'consultationId' | 'givenOn'>;

/** A record that is at rest, that no hold covers, and whose period is over. */
export interface DueRecord extends Kept {
  readonly record: RecordInQuestion;
}

/** One of both is null. */
export type IdOfRecord = Pick<RecordInQuestion, 'referralId' | 'consultationId'>;

/** The id of a referral or of advice. */
export function idOf({ referralId, consultationId }: IdOfRecord): string {
  return (referralId ?? consultationId)!;
}

/** Whether a record that was proposed is due by the rule by which it was, and is looked at as that says. */
export function isAsApproved(
  due: DueRecord | null,
  { rule, looksFirst }: { readonly rule: string; readonly looksFirst: boolean },
): boolean {
  return due !== null && due.rule.name === rule && (looksFirst || !due.rule.looksFirst);
}
