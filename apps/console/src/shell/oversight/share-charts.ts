import type { ChartOfMonths } from './month-charts.ts';

/** What the chart of a share by month says. */
type Words = Omit<Extract<ChartOfMonths, { draw: 'shares' }>, 'draw' | 'measure'>;

/** The shares that pages draw by month, each with its words, by the id of the measure. */
const WORDS = {
  'decided-in-one-working-day': {
    subject: 'Share of referrals decided within one working day, by month of receipt',
    did: 'decided within one working day',
    better: 'more',
    // Darlington publishes its share with this aim.
    aim: 0.95,
  },
  'decided-in-target': {
    subject: 'Share of referrals decided within the limit of their rating, by month of receipt',
    did: 'decided within their limit',
    better: 'more',
  },
  'lowered-then-in-time': {
    subject: 'Share of decisions in time that were so only because the rating was lowered',
    did: 'in time only by lowering',
    better: 'less',
  },
  'red-claimed-in-time': {
    subject: 'Share of reds picked up on time, by month of receipt',
    did: 'picked up on time',
    better: 'more',
  },
  'long-tail': {
    subject: 'Share of referrals that took more than three working days, by month of receipt',
    did: 'decided after more than three working days',
    better: 'less',
  },
  'came-back-worse': {
    subject: 'Share of referrals closed without action whose child came back worse within 90 days, by month of receipt',
    did: 'came back worse',
    better: 'less',
  },
  'came-back': {
    subject: 'Share of referrals closed without action whose child came back within 90 days, by month of receipt',
    did: 'came back',
    better: 'less',
  },
  'repeat-contacts': {
    subject: 'Share of referrals that are the third or a later one of a child in twelve months',
    did: 'came for the third time or more',
    better: 'less',
  },
  'progressed-to-referral': {
    subject: 'Share of contacts that became a referral, by month of receipt',
    did: 'called a referral',
    better: null,
  },
  'no-further-action-of-contacts': {
    subject: 'Share of all contacts that ended with no further action. England: 23 %',
    did: 'ended with no further action',
    better: null,
  },
  'no-further-action-of-referrals': {
    subject: 'Share of referrals in DfE’s sense with no further action. England: 6.5 %',
    did: 'recorded with no further action',
    better: null,
  },
  overrides: {
    subject: 'Share of suggested ratings that the first person changed',
    did: 'rated otherwise than suggested',
    better: null,
  },
  'sign-off': {
    subject: 'Share of decisions that need sign-off',
    did: 'decided with need of sign-off',
    better: null,
  },
  'returned-at-sign-off': {
    subject: 'Share of decisions needing sign-off that were returned',
    did: 'returned',
    better: null,
  },
  'taken-back': {
    subject: 'Share of decided referrals of which a decision was taken back',
    did: 'taken back',
    better: null,
  },
  'late-without-reason': {
    subject: 'Share of late decisions that give no reason',
    did: 'late without a reason',
    better: 'less',
  },
  'childs-voice': {
    subject: 'Share of decisions that record what the child said',
    did: 'decided with the child’s voice',
    better: 'more',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** The measures whose charts have limits: shares by month, and how many are received. */
export const MEASURES_WITH_LIMITS: readonly string[] = [...Object.keys(WORDS), 'received'];

/** The chart of a share by month of receipt, with what chance explains of it. */
export function shareByMonth(measure: keyof typeof WORDS): ChartOfMonths {
  return { draw: 'shares', measure, ...WORDS[measure] };
}
