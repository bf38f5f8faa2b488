import { OUTCOMES } from '../code-lists/outcomes.ts';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { responseTime } from './response-time.ts';
import { signOffReasons, type DecisionFacts } from './sign-off.ts';

const routine: DecisionFacts = {
  outcome: 'child_and_family_assessment',
  thresholdLevel: 3,
  agreement: 'given',
  ratingWasLowered: false,
  earlierReferrals: 0,
  childUnderOneOrUnborn: false,
};

describe('sign-off', () => {
  it.each<[string, Partial<DecisionFacts>, string[]]>([
    ['a routine decision', {}, []],
    ['no further action', { outcome: 'no_further_action', thresholdLevel: 1 }, ['no_further_action']],
    ['a lowered rating', { ratingWasLowered: true }, ['rating_lowered']],
    ['a refusal overridden', { agreement: 'refused' }, ['refusal_overridden']],
    ['a refusal respected', { agreement: 'refused', outcome: 'advice_and_signposting' }, []],
    ['level 4, strategy discussion', { thresholdLevel: 4, outcome: 'strategy_discussion' }, []],
    ['level 4, assessment only', { thresholdLevel: 4 }, ['level_4_without_strategy_discussion']],
    ['a second referral in twelve months', { earlierReferrals: 1 }, ['re_referral_within_12_months']],
    [
      'a third contact in twelve months',
      { earlierReferrals: 2 },
      ['re_referral_within_12_months', 'third_contact_within_12_months'],
    ],
    ['a baby', { childUnderOneOrUnborn: true }, ['child_under_one_or_unborn']],
  ])('gives the reasons for sign-off of %s', (_, facts, reasons) => {
    expect(signOffReasons({ ...routine, ...facts })).toEqual(reasons);
  });

  it.each(OUTCOMES)('gives a reason for sign-off of %s on a baby', (outcome) => {
    expect(signOffReasons({ ...routine, outcome, childUnderOneOrUnborn: true })).toContain('child_under_one_or_unborn');
  });
});

describe('the response time', () => {
  const calendar = workingCalendar(DEFAULT_CALENDAR);
  const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
  const times = {
    receivedAt: at('2026-11-27T15:00'),
    dueAt: at('2026-11-30T15:00'),
    statutoryDueAt: at('2026-12-01T00:00'),
  };

  it.each([
    ['2026-11-30T15:00', { elapsedMinutes: 4320, workingMinutes: 450, onTime: true, withinStatutoryLimit: true }],
    ['2026-11-30T15:01', { elapsedMinutes: 4321, workingMinutes: 451, onTime: false, withinStatutoryLimit: true }],
    ['2026-12-01T00:01', { elapsedMinutes: 4861, workingMinutes: 570, onTime: false, withinStatutoryLimit: false }],
  ])('measures the response time of a decision that takes effect at %s', (effectiveAt, expected) => {
    expect(responseTime(calendar, { ...times, effectiveAt: at(effectiveAt) })).toEqual(expected);
  });
});
