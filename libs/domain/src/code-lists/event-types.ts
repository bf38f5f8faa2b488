/** What an agency is told that happened to its referrals, and what the hub asks it. */
export const EVENT_TYPES = [
  'referral.received',
  'referral.in_triage',
  'referral.decided',
  'referral.reopened',
  'feedback.available',
  'information.requested',
  'information.withdrawn',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const EVENT_WORDS: Readonly<Record<EventType, string>> = {
  'referral.received': 'We have the referral',
  'referral.in_triage': 'We are looking at it',
  'referral.decided': 'We have decided what happens next',
  'referral.reopened': 'We are looking at it again after the decision',
  'feedback.available': 'Its status says what the referrer is told',
  'information.requested': 'The hub asks your agency what it knows',
  'information.withdrawn': 'The hub needs no answer to a request any more',
};
