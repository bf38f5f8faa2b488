import type { Refusal } from './refusal.ts';
import { REFUSALS_OF_FEEDBACK } from './refusals-of-feedback.ts';
import { REFUSALS_OF_DECISIONS } from './refusals-of-decisions.ts';
import { REFUSALS_OF_ATTACHMENTS } from './refusals-of-attachments.ts';
import { REFUSALS_OF_CHILDREN } from './refusals-of-children.ts';
import { REFUSALS_OF_INCIDENTS } from './refusals-of-incidents.ts';
import { REFUSALS_OF_OVERSIGHT } from './refusals-of-oversight.ts';
import { REFUSALS_OF_SHARING } from './refusals-of-sharing.ts';
import { REFUSALS_OF_ROUTES } from './refusals-of-routes.ts';
import { REFUSALS_OF_CLIENTS } from './refusals-of-clients.ts';
import { REFUSALS_OF_WEBHOOKS } from './refusals-of-webhooks.ts';
import { REFUSALS_OF_RETENTION } from './refusals-of-retention.ts';
import { REFUSALS_OF_RESTRICTIONS } from './refusals-of-restrictions.ts';
import { currentRequest } from './request-context.ts';

const TABLE = {
  'not-found': {
    status: 404,
    title: 'Page not found',
    text: 'There is nothing here that you may see. If you typed the address, check it.',
    log: 'debug',
  },
  'no-reason-for-audit': {
    status: 409,
    title: 'Say first why you open this referral',
    text: 'An auditor opens a referral with a reason. It can be read for an hour after that.',
    log: 'debug',
  },
  'already-claimed': {
    status: 409,
    title: 'Another person has taken this referral',
    text: 'Its page says who it is with. They can return it to the queue, or a manager can.',
    log: 'debug',
  },
  'held-by-someone-else': {
    status: 409,
    title: 'This referral is with another person',
    text: 'They can return it to the queue, or a manager can.',
    onForm:
      'This referral is with another person. They can return it to the queue, or a manager can decide it. Nothing was recorded.',
    log: 'debug',
    isOnRecord: true,
  },
  'not-held-by-you': {
    status: 409,
    title: 'This referral is not with you any more',
    text: 'Its page says who it is with.',
    log: 'debug',
  },
  'cannot-hold-referrals': {
    status: 409,
    title: 'That person does not work here any more',
    text: 'Choose another person.',
    log: 'debug',
  },
  'name-taken': {
    status: 409,
    title: 'There is a view of this name already',
    text: 'Choose another name.',
    log: 'debug',
  },
  'changed-meanwhile': {
    status: 409,
    title: 'This referral changed while you were writing',
    text: 'Nothing of yours was recorded. Its page shows what changed.',
    onForm:
      'This referral changed while you were writing. Nothing of yours was recorded. Read what changed, then send it again if it still holds.',
    log: 'debug',
  },
  'typed-in-another-window': {
    status: 409,
    title: 'This form was saved in another window',
    text: 'What you wrote here is not saved. Copy it, then open the page of the form again.',
    log: 'debug',
  },
  'drafts-enough': {
    status: 409,
    title: 'Too many forms are begun',
    text: 'What you wrote here is not saved. Send or discard one that you began before, then write on.',
    log: 'info',
  },
  'form-sent-before': {
    status: 409,
    title: 'This form was sent before',
    text: 'It was recorded as you sent it first. What you wrote since is not recorded: open the page again and send it from there.',
    onForm:
      'This form was sent before, and was recorded as you sent it first. What you wrote since is not recorded. Read how things stand, then send it again if it still holds.',
    log: 'debug',
  },
  'note-about-hidden': {
    status: 409,
    title: 'The record that the note is about is restricted now',
    text: 'It does not let you in any more. Nothing was recorded.',
    onForm:
      'The record that the note is about is restricted now and does not let you in: choose another, or none. Nothing was recorded',
    log: 'debug',
  },
  'receipt-not-then': {
    status: 409,
    title: 'It cannot have come then',
    text: 'A referral that was written on paper came in the last 7 days, and not later than now. Nothing was recorded.',
    onForm: 'Say when it came: in the last 7 days, and not later than now',
    log: 'debug',
  },
  'form-not-whole': {
    status: 422,
    title: 'This form can no longer be sent',
    text: 'Part of it was missing, and nothing of it was recorded. Copy what you wrote, open the page again and send it from there.',
    log: 'info',
  },
  'already-decided': {
    status: 409,
    title: 'This referral has been decided',
    text: 'Its page shows the decision.',
    onForm: 'This referral has been decided meanwhile. Nothing of yours was recorded.',
    log: 'debug',
  },
  'too-late-to-undo': {
    status: 409,
    title: 'It is too late to take this back',
    text: 'Thirty seconds have gone by, or something else has been done since, or a child is in danger and nothing was held back. Ask a manager what to do.',
    log: 'debug',
  },
  'nothing-to-sign-off': {
    status: 409,
    title: 'There is nothing to sign off any more',
    text: 'Nothing was recorded. The page of the referral shows how it stands.',
    onForm: 'There is nothing to sign off any more. Nothing was recorded.',
    log: 'debug',
  },
  'decider-cannot-sign-off': {
    status: 409,
    title: 'You decided this yourself',
    text: 'Another person has to sign it off. Nothing was recorded.',
    onForm: 'You decided this yourself: another person has to sign it off. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'lowering-needs-a-manager': {
    status: 409,
    title: 'Only a manager can lower a rating',
    text: 'Nothing was recorded.',
    onForm: 'Only a manager can lower a rating. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'lowering-needs-another-manager': {
    status: 409,
    title: 'Another manager has to lower it further',
    text: 'Lowering from red to green takes two managers: one lowers it to amber, and another to green. Nothing was recorded.',
    onForm:
      'Lowering from red to green takes two managers: one lowers it to amber, and another to green. Nothing was recorded.',
    log: 'info',
  },
  'primary-need-missing': {
    status: 409,
    title: 'The primary need is missing',
    text: 'A decision that counts as a referral names the child’s primary need. Nothing was recorded.',
    onForm: 'A decision that counts as a referral names the child’s primary need. Nothing was recorded.',
    log: 'debug',
  },
  'rating-not-confirmed': {
    status: 409,
    title: 'No person has confirmed the rating',
    text: 'Confirm the rating with the decision, or change it first. Nothing was recorded.',
    onForm:
      'No person has confirmed the rating. Confirm it with the decision, or change it first. Nothing was recorded.',
    log: 'debug',
  },
  'last-resort-would-be-empty': {
    status: 409,
    title: 'The last resort is never empty',
    text: 'Put another person in that group first.',
    onForm: 'The last resort is never empty: put another person in that group first',
    log: 'debug',
  },
  'version-published-meanwhile': {
    status: 409,
    title: 'Another version has been published',
    text: 'Nothing was published. Copy what you need, open the form again and make your change there.',
    onForm:
      'Another version has been published since you opened this form. Copy what you need, open it again and make your change there.',
    log: 'debug',
  },
  'changed-since-preview': {
    status: 409,
    title: 'You changed something after the preview',
    text: 'Nothing was published. Read what it would do now, then publish it.',
    onForm: 'You changed something after the preview. Read what it would do now, then publish it.',
    log: 'debug',
  },
  'takes-effect-in-the-past': {
    status: 409,
    title: 'The day it was to take effect on has begun',
    text: 'Nothing was published. Enter another day, or none for at once.',
    onForm: 'The day it was to take effect on has begun meanwhile. Enter another, or none for at once.',
    log: 'debug',
  },
  'handover-already-accepted': {
    status: 409,
    title: 'The hand-over is closed',
    text: 'Nothing was accepted: the hand-over is closed. Another person has accepted it, or all its referrals are decided.',
    onForm: 'The hand-over has been accepted: tell the team that has it, or write it in the referral',
    log: 'debug',
  },
  'handover-is-for-others': {
    status: 409,
    title: 'The hand-over is for another team',
    text: 'Nothing was accepted: only a person of the team that takes over, or a manager, can accept it.',
    log: 'info',
    isOnRecord: true,
  },
  'figure-needs-a-period': {
    status: 422,
    title: 'This figure needs a period',
    text: 'Give the first day and the day after the last one, such as from=2026-10-01&to=2026-11-01.',
    log: 'debug',
  },
  'figure-of-the-future': {
    status: 422,
    title: 'The figure cannot be as of an instant that is to come',
    text: 'Give an instant that has passed, or none for now.',
    log: 'debug',
  },
  'figure-not-understood': {
    status: 422,
    title: 'The address of this figure is not understood',
    text: 'Give days as 2026-10-01, with the first before the last, an instant as 2026-11-25T17:42:00Z, and a breakdown that the page of definitions names.',
    log: 'debug',
  },
  ...REFUSALS_OF_FEEDBACK,
  ...REFUSALS_OF_DECISIONS,
  ...REFUSALS_OF_CHILDREN,
  ...REFUSALS_OF_INCIDENTS,
  ...REFUSALS_OF_OVERSIGHT,
  ...REFUSALS_OF_SHARING,
  ...REFUSALS_OF_ROUTES,
  ...REFUSALS_OF_CLIENTS,
  ...REFUSALS_OF_RESTRICTIONS,
  ...REFUSALS_OF_RETENTION,
  ...REFUSALS_OF_ATTACHMENTS,
  ...REFUSALS_OF_WEBHOOKS,
  'idempotency-key-in-use': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    text: 'Send it again in a moment.',
    log: 'debug',
    isForAgencies: true,
    retryAfter: 1,
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used with another body',
    text: 'Use a new key for what is new. What was sent first is stored and unchanged.',
    log: 'info',
    isForAgencies: true,
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalCode = keyof typeof TABLE;

/** Every refusal of the service, by its code. */
export const REFUSALS: Readonly<Record<RefusalCode, Refusal>> = TABLE;

/**
 * Thrown by a use case that does not do what it was asked. Not a bug: an answer that a person or an agency can act on.
 * Each app turns it into its own kind of answer. It carries no personal data.
 */
export class Refused extends Error {
  /** @param isByPolicy the thing is there, and the person or agency may not do this with it */
  constructor(
    readonly code: RefusalCode,
    readonly isByPolicy = false,
    /** Who may do it instead, in words for a person of the hub; null where that would tell what is there. */
    readonly whoMay: string | null = null,
  ) {
    super(code);
    this.name = 'Refused';
    refusalsOfRequest().push(this);
  }

  /**
   * For what an actor may not do: they are told that it is not there (decision record 7), and the record knows.
   *
   * @param whoMay for a page of which every person of the hub may know: who may open it
   */
  static byPolicy(whoMay: string | null = null): Refused {
    return new Refused('not-found', true, whoMay);
  }

  get refusal(): Refusal {
    return REFUSALS[this.code];
  }
}

const ofRequests = new WeakMap<object, Refused[]>();

/** Everything that was refused in the request for which the code runs, shown on a form or not. */
export function refusalsOfRequest(): Refused[] {
  const request = currentRequest();
  if (request === null) return [];
  const refusals = ofRequests.get(request) ?? [];
  ofRequests.set(request, refusals);
  return refusals;
}
