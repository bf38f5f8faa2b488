import type { StaffActor } from '#access';
import type { ReferralPage } from '#referrals';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { presentBeside } from '../referral/beside.presenter.ts';
import { namesOfChildren } from '../decision/each-child.presenter.ts';
import { presentDecision } from '../referral/decision-parts.presenter.ts';
import { latestDecision } from '../referral/referral-state.ts';

export const SIGN_OFF: FormAboutReferral = {
  kind: 'sign-off',
  template: 'pages/sign-off/sign-off.njk',
  closedBecause: ({ status }) => (status === 'awaiting_sign_off' ? null : 'There is nothing to sign off.'),
  present: presentSignOff,
};

function presentSignOff(fields: FormFields, page: ReferralPage, by: StaffActor, zone: string) {
  const decision = latestDecision(page);
  return {
    decision: decision && presentDecision(decision, namesOfChildren(page), (at) => dayAndTime(at, page.now, zone)),
    ...presentBeside(page, zone),
    isOwn: decision?.byId === by.id,
    comments: fields.textarea('comments', { label: 'Comments', hint: 'Needed when you return it' }, { rows: 3 }),
  };
}
