import type { StaffActor } from '#access';
import type { ReferralPage } from '#referrals';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { presentDecision } from '../referral/referral.presenter.ts';

export const SIGN_OFF: FormAboutReferral = {
  kind: 'sign-off',
  template: 'pages/sign-off/sign-off.njk',
  closedBecause: ({ status }) => (status === 'awaiting_sign_off' ? null : 'There is nothing to sign off.'),
  present: presentSignOff,
};

function presentSignOff({ decisions, now }: ReferralPage, by: StaffActor, zone: string) {
  const decision = decisions.findLast(({ undoneAt }) => undoneAt === null);
  return {
    decision: decision && presentDecision(decision, (at) => dayAndTime(at, now, zone)),
    isOwn: decision?.byId === by.id,
  };
}
