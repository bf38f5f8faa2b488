import type { StaffActor } from '#access';
import type { ReferralPage } from '#referrals';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
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
    decision: decision && presentDecision(decision, (at) => dayAndTime(at, page.now, zone)),
    related: presentRelated(page, (at) => dayAndTime(at, page.now, zone)),
    isOwn: decision?.byId === by.id,
    result: fields.radios('result', { label: 'Do you agree with the decision?', isLarge: true }, [
      { value: 'agreed', text: 'Yes: it takes effect now' },
      { value: 'returned', text: 'No: return it to be decided again' },
    ]),
    comments: fields.textarea('comments', { label: 'Comments', isLarge: true, hint: 'Needed when you return it' }),
  };
}
