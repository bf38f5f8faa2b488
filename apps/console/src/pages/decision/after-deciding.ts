import type { DecidedAndTaken } from '#decisions';
import type { SignOffReason } from '#domain';
import { redirect, type Redirect } from '../../shell/answer/answer.ts';
import type { DecisionForm } from './decision.form.ts';
import { reportsIn } from './together.presenter.ts';

/** What a decision has led to, in words. */
export function recordedInWords(
  reference: string,
  signOff: readonly SignOffReason[],
  { together }: Pick<DecisionForm, 'together'>,
): string {
  const others = reportsIn(together).map((one) => one.reference);
  const recorded = `Your decision on ${reference} is recorded`;
  const effect =
    signOff.length === 0
      ? `${recorded} and in effect.`
      : `${recorded}. It takes effect when another person signs it off.`;
  return others.length === 0 ? effect : `${effect} Decided with it: ${others.join(', ')}.`;
}

/** To the referral; where its decision has sent it to the edge of care service, to the page that asks who, why and by when. */
export function afterRecording(
  reference: string,
  form: Pick<DecisionForm, 'outcome' | 'together'>,
  signOff: readonly SignOffReason[],
): Redirect {
  const isAsked = form.outcome === 'edge_of_care' && signOff.length === 0;
  const page = isAsked ? `/referrals/${reference}/edge-of-care?done=${reference}` : `/referrals/${reference}`;
  return redirect(page, { notice: recordedInWords(reference, signOff, form) });
}

/** To the next referral, which offers to take the decision back; to the referral itself when nothing waits. */
export function afterDeciding(
  reference: string,
  { signOff, next }: DecidedAndTaken,
  form: Pick<DecisionForm, 'together'>,
): Redirect {
  const recorded = recordedInWords(reference, signOff, form);
  return next === null
    ? redirect(`/referrals/${reference}`, { notice: `${recorded} Nothing else is waiting for you to take.` })
    : redirect(`/referrals/${next.reference}/decision?done=${reference}`, {
        notice: `${recorded} This is the next one.`,
      });
}
