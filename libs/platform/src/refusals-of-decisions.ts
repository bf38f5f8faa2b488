import type { Refusal } from './refusal.ts';

/** The refusals of decisions that lack a reason, and of the strategy discussions that follow decisions: a part of the one table. */
export const REFUSALS_OF_DECISIONS = {
  'contradiction-without-reason': {
    status: 409,
    title: 'The outcome and the level of need contradict each other',
    text: 'Say why both are right, or change one of them. Nothing was recorded.',
    onForm:
      'The outcome and the level of need contradict each other. Say why both are right, or change one of them. Nothing was recorded.',
    log: 'debug',
  },
  'level-4-without-reason': {
    status: 409,
    title: 'There is no reason for having no strategy discussion',
    text: 'A decision at level 4 says why no strategy discussion follows. Nothing was recorded.',
    onForm:
      'A decision at level 4 says why no strategy discussion follows. Say why, or change the decision. Nothing was recorded.',
    log: 'debug',
  },
  'no-discussion': {
    status: 409,
    title: 'No decision asks for a strategy discussion',
    text: 'A strategy discussion follows a decision for one, or immediate protection. Nothing was recorded.',
    log: 'debug',
  },
  'discussion-again-without-reason': {
    status: 409,
    title: 'The last discussion is recorded already',
    text: 'Say why another one is needed. Nothing was recorded.',
    log: 'debug',
  },
  'discussion-recorded': {
    status: 409,
    title: 'This discussion is recorded already',
    text: 'Another person recorded how it went, or its decision was taken back. Nothing of yours was recorded.',
    log: 'debug',
  },
  'discussion-time': {
    status: 409,
    title: 'The discussion was not held at that time',
    text: 'Enter a time after the referral came in, and not after now. Nothing was recorded.',
    log: 'debug',
  },
  'discussion-without-people': {
    status: 409,
    title: 'No person came to this discussion',
    text: 'Enter who came. If it was not held, a manager says why. Nothing was recorded.',
    log: 'debug',
  },
  'discussion-view-missing': {
    status: 409,
    title: 'The view of an agency is missing',
    text: 'Say of each agency that came whether it agreed and if not, why; and of one that could not come, why. Nothing was recorded.',
    log: 'debug',
  },
  'discussion-not-quorate': {
    status: 409,
    title: 'The discussion was not quorate',
    text: 'Social care, police and health take part in a strategy discussion. A manager can record it without one of them, with a reason. Nothing was recorded.',
    log: 'info',
  },
  'discussion-not-held': {
    status: 409,
    title: 'Only a manager can say that it is not held',
    text: 'The manager gives a reason. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'no-conference': {
    status: 409,
    title: 'No conference is due',
    text: 'Another person recorded it, or no discussion began enquiries. Nothing of yours was recorded.',
    log: 'debug',
  },
  'conference-day': {
    status: 409,
    title: 'The conference was not held on that day',
    text: 'Enter a day not before the discussion, and not after today. Nothing was recorded.',
    log: 'debug',
  },
  'conference-not-needed': {
    status: 409,
    title: 'Only a manager can say that it is not needed',
    text: 'The manager gives a reason. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
} as const satisfies Readonly<Record<string, Refusal>>;
