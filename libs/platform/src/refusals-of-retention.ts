import type { Refusal } from './refusal.ts';

/** The refusals of destroying records by schedule: a part of the one table. */
export const REFUSALS_OF_RETENTION = {
  'proposal-moved-on': {
    status: 409,
    title: 'This has changed meanwhile',
    text: 'Another person has settled it, a hold was set, or the record is not due any more. Nothing of yours was recorded. The page shows how it stands.',
    onForm:
      'Another person has settled one of these, a hold was set, or a record is not due any more. Nothing of yours was recorded.',
    log: 'debug',
  },
  'proposal-not-opened': {
    status: 409,
    title: 'Open the record first',
    text: 'A person opens a record of this class before its destruction is approved. Nothing was recorded.',
    onForm: 'Open each record that says “Open it first” since it was proposed, and then approve. Nothing was recorded.',
    log: 'info',
  },
  'day-is-past': {
    status: 409,
    title: 'That day is past',
    text: 'Enter a day that is to come. Nothing was recorded.',
    log: 'debug',
  },
  'approver-cannot-agree': {
    status: 409,
    title: 'You approved this yourself',
    text: 'Another senior manager agrees or refuses. Nothing was recorded.',
    onForm: 'You approved this yourself: another senior manager agrees or refuses. Nothing was recorded.',
    log: 'info',
    isOnRecord: true,
  },
  'hold-moved-on': {
    status: 409,
    title: 'This hold has ended',
    text: 'Another person has ended it. Nothing of yours was recorded.',
    log: 'debug',
  },
  'schedule-moved-on': {
    status: 409,
    title: 'Another schedule was published meanwhile',
    text: 'Nothing of yours was recorded. The page shows the schedule in force.',
    onForm: 'Another schedule was published meanwhile. Nothing of yours was recorded.',
    log: 'debug',
  },
  'schedule-not-right': {
    status: 422,
    title: 'This schedule can not be published',
    text: 'Each period is a whole number of years from 1 to 120, of a class that there is. Nothing was recorded.',
    log: 'info',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
