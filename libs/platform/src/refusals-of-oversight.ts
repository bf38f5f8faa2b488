import type { Refusal } from './refusal.ts';

/** The refusals of challenges, samples and supervision: a part of the one table. */
export const REFUSALS_OF_OVERSIGHT = {
  'challenger-cannot-answer': {
    status: 409,
    title: 'You made this challenge yourself',
    text: 'Another manager answers it. Nothing was recorded.',
    onForm: 'You made this challenge yourself: another manager answers it. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'only-the-challenger-replies': {
    status: 409,
    title: 'Another person made this challenge',
    text: 'Only the person who made a challenge accepts or returns its answer. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'challenge-has-moved-on': {
    status: 409,
    title: 'This challenge has moved on',
    text: 'Another person has answered it, or it is settled. Nothing of yours was recorded. The page shows how it stands.',
    onForm:
      'This challenge has moved on: another person has answered it, or it is settled. Nothing of yours was recorded.',
    log: 'debug',
  },
  'sample-of-own-decision': {
    status: 409,
    title: 'You decided this or signed it off',
    text: 'Another person reads it, so that the reading is independent.',
    log: 'info',
    isOnRecord: true,
  },
  'sample-already-graded': {
    status: 409,
    title: 'Another person has graded this decision',
    text: 'Nothing of yours was recorded. The page shows the grade.',
    log: 'debug',
  },
  'sample-not-read-blind': {
    status: 409,
    title: 'Give the level and the outcome first',
    text: 'The decision shows after that. Nothing was recorded.',
    log: 'info',
  },
  'already-read-blind': {
    status: 409,
    title: 'You have given the level and the outcome already',
    text: 'They stay as you gave them before the decision showed. Nothing was changed.',
    log: 'debug',
  },
  'not-to-this-person': {
    status: 409,
    title: 'You cannot write a note to this person',
    text: 'A supervision note goes to a person whom you manage, and its actions to that person or to a manager. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'due-day-is-past': {
    status: 409,
    title: 'The day of an action is past',
    text: 'Give today or a later day. Nothing was recorded.',
    log: 'debug',
  },
  'action-of-another': {
    status: 409,
    title: 'Another person does this action',
    text: 'Its owner says when it is done. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'action-already-done': {
    status: 409,
    title: 'This action is done already',
    text: 'The note shows when. Nothing was recorded.',
    log: 'debug',
  },
  'baseline-of-other-months': {
    status: 422,
    title: 'A baseline cannot begin with this month',
    text: 'Choose a month from the list. Nothing was begun.',
    log: 'debug',
  },
  'evidence-of-other-months': {
    status: 422,
    title: 'These months cannot be in an evidence pack',
    text: 'Choose months from the list, the first one not after the last one. Nothing was made.',
    log: 'debug',
  },
  'evidence-not-for-publication': {
    status: 409,
    title: 'These months cannot be published yet',
    text: 'The figures of a month are fixed for publication ten days after its end. Choose earlier months, or make the pack for the inspectorate. Nothing was made.',
    onForm:
      'The figures of a month are fixed for publication ten days after its end. Choose earlier months, or make the pack for the inspectorate. Nothing was made.',
    log: 'debug',
  },
  'evidence-not-ready': {
    status: 409,
    title: 'This evidence pack is not ready',
    text: 'Its page shows how far it is made. Download it from there when it is ready.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
