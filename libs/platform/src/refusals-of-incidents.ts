import type { Refusal } from './refusal.ts';

/** The refusals of reports of one incident, and of decisions on several children and reports. */
export const REFUSALS_OF_INCIDENTS = {
  'together-is-the-same-for-all': {
    status: 409,
    title: 'Reports are decided together only for all children alike',
    text: 'A child has another outcome or is left out: decide each report by itself. Nothing was recorded.',
    onForm:
      'A child has another outcome or is left out, so the other reports cannot be decided with this one. Take their ticks away and decide each by itself. Nothing was recorded.',
    log: 'debug',
  },
  'one-incident-already': {
    status: 409,
    title: 'These report one incident already',
    text: 'Another person said so before. The page of the referral shows it. Nothing was recorded.',
    log: 'debug',
  },
  'nothing-in-common': {
    status: 409,
    title: 'These referrals have no child and no household in common',
    text: 'Only referrals that do can report one incident. Nothing was recorded.',
    log: 'debug',
  },
  'children-not-said': {
    status: 409,
    title: 'The decision does not say of each child what it means',
    text: 'Say of each child whether it is included, and why one is left out. Nothing was recorded.',
    onForm: 'Say of each child whether it is included, and why one is left out. Nothing was recorded.',
    log: 'debug',
  },
  'other-report-changed': {
    status: 409,
    title: 'Another report of this incident changed while you were deciding',
    text: 'Nothing of yours was recorded, on any of them. Read how it stands, and tick it again if it still holds.',
    onForm:
      'Another report of this incident changed while you were deciding. Nothing of yours was recorded, on any of them. Read how it stands, and tick it again if it still holds.',
    log: 'debug',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
