import type { DecidedAndTaken } from '#decisions';
import type { Outcome, SignOffReason } from '#domain';
import { redirect, type Redirect } from '../../shell/answer/answer.ts';

/** What a decision has led to, in words. */
export function recordedInWords(reference: string, signOff: readonly SignOffReason[]): string {
  const recorded = `Your decision on ${reference} is recorded`;
  return signOff.length === 0
    ? `${recorded} and in effect.`
    : `${recorded}. It takes effect when another person signs it off.`;
}

/** To the referral; where its decision has sent it to the edge of care service, to the page that asks who, why and by when. */
export function afterRecording(reference: string, outcome: Outcome, signOff: readonly SignOffReason[]): Redirect {
  const isAsked = outcome === 'edge_of_care' && signOff.length === 0;
  const page = isAsked ? `/referrals/${reference}/edge-of-care` : `/referrals/${reference}`;
  return redirect(page, { notice: recordedInWords(reference, signOff) });
}

/** To the next referral, which offers to take the decision back; to the referral itself when nothing waits. */
export function afterDeciding(reference: string, { signOff, next }: DecidedAndTaken): Redirect {
  const recorded = recordedInWords(reference, signOff);
  return next === null
    ? redirect(`/referrals/${reference}`, { notice: `${recorded} Nothing else is waiting for you to take.` })
    : redirect(`/referrals/${next.reference}/decision?done=${reference}`, {
        notice: `${recorded} This is the next one.`,
      });
}
