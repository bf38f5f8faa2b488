import { may, type StaffActor } from '#access';
import type { ReferralPage } from '#referrals';
import type { ButtonArgs } from '../../shell/govuk/args.ts';
import { isHeldByAnother, latestDecision } from './referral-state.ts';

const SECONDARY = 'govuk-button--secondary';

/** What this person can do with the referral: what they are likely to do next stands out. */
export function presentActions(page: ReferralPage, by: StaffActor) {
  const { reference, status, holderId } = page;
  const isAwaited = status === 'awaiting_decision';
  const isMine = holderId === by.id;
  const isScreened = page.ratings.some(({ by: person }) => person !== null);
  const mayDecide = isAwaited && may(by, 'referral:decide') && !isHeldByAnother(page, by);
  const maySignOff =
    status === 'awaiting_sign_off' && may(by, 'decision:sign-off') && latestDecision(page)?.byId !== by.id;
  const mayRate = isAwaited && may(by, 'referral:rate');
  const mayGiveBack = isAwaited && (isMine || (holderId !== null && may(by, 'claim:override')));
  const mayAssign = isAwaited && (isMine || may(by, 'claim:assign'));
  const link = (text: string, to: string, isNext = false): ButtonArgs => ({
    text,
    href: `/referrals/${reference}/${to}`,
    ...(isNext ? {} : { classes: SECONDARY }),
  });
  return {
    confirms: mayRate && !isScreened ? page.rating : null,
    sends: isAwaited && isMine && !may(by, 'referral:decide'),
    signsOff: maySignOff,
    mayClaim: status !== 'decided' && holderId === null && may(by, 'referral:claim'),
    links: [
      ...(mayDecide ? [link('Decide', 'decision', true)] : []),
      ...(maySignOff ? [link('Sign off or return', 'sign-off')] : []),
      ...(mayRate ? [link(isScreened ? 'Confirm or change the rating' : 'Change the rating', 'rating')] : []),
      ...(mayGiveBack ? [link('Return to queue', 'give-back')] : []),
      ...(isAwaited && isMine ? [link('Skip it', 'skip')] : []),
      ...(may(by, 'information:ask') ? [link('Ask agencies', 'agencies')] : []),
      ...(may(by, 'referral:note') ? [link('Note or call', 'note')] : []),
      ...(may(by, 'child:check') ? [link('Case system', 'case-check')] : []),
      ...(may(by, 'child:hear') ? [link('The child’s views', 'child-views')] : []),
      ...(may(by, 'challenge:make') ? [link('Challenge', 'challenge')] : []),
      ...(may(by, 'supervision:write') ? [noteLink(reference)] : []),
      ...(may(by, 'restriction:manage')
        ? [link(page.restricted === null ? 'Restrict' : 'Who may open it', 'restriction')]
        : []),
    ],
    assign: mayAssign ? assignButton(isMine) : null,
  };
}

function noteLink(reference: string): ButtonArgs {
  const about = new URLSearchParams({ about: 'referral', id: reference });
  return {
    text: 'Write a supervision note',
    href: `/oversight/supervision/new?${about.toString()}`,
    classes: SECONDARY,
  };
}

function assignButton(isMine: boolean): ButtonArgs {
  return { text: isMine ? 'Pass it on' : 'Assign', preventDoubleClick: true, classes: SECONDARY };
}
