import fc from 'fast-check';
import { OUTCOMES, THRESHOLD_LEVELS, type Outcome } from '../code-lists/outcomes.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { countsAsRed } from '../rating/lowering.ts';
import { RATINGS } from '../rating/rating.ts';
import { reasonsToPause } from './pause-for-thought.ts';
import { responseTime } from './response-time.ts';
import { SIGN_OFF_REASONS, signOffReasons, type DecisionFacts } from './sign-off.ts';

const routine: DecisionFacts = {
  outcome: 'child_and_family_assessment',
  thresholdLevel: 3,
  agreement: 'given',
  countsAsRed: false,
  immediateDanger: false,
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
    expect(signOffReasons(SIGN_OFF_REASONS, { ...routine, ...facts })).toEqual(reasons);
  });

  it.each(OUTCOMES)('gives a reason for sign-off of %s on a baby', (outcome) => {
    expect(signOffReasons(SIGN_OFF_REASONS, { ...routine, outcome, childUnderOneOrUnborn: true })).toContain(
      'child_under_one_or_unborn',
    );
  });
});

describe('a referral that is red, or of a child in danger now', () => {
  // Written out on its own: by these, and by a level of need of 1 or 2, a child would be dropped.
  const DROPS: readonly Outcome[] = [
    'no_further_action', 'advice_and_signposting', 'returned_to_referrer', 'early_help',
  ]; // prettier-ignore
  const { signOff, pauseWhen } = DEFAULT_POLICY;
  const someDecision = fc.record({
    rating: fc.constantFrom(...RATINGS),
    immediateDanger: fc.boolean(),
    outcome: fc.constantFrom(...OUTCOMES),
    thresholdLevel: fc.constantFrom(...THRESHOLD_LEVELS),
    agreement: fc.constantFrom('given', 'refused', 'not_sought', 'not_required'),
    ratingWasLowered: fc.boolean(),
    earlierReferrals: fc.nat(3),
    childUnderOneOrUnborn: fc.boolean(),
  });
  const EVERY = RATINGS.flatMap((rating) =>
    [true, false].flatMap((immediateDanger) =>
      OUTCOMES.flatMap((outcome) =>
        THRESHOLD_LEVELS.map((thresholdLevel) => ({ rating, immediateDanger, outcome, thresholdLevel })),
      ),
    ),
  );

  it('ends at early help or less only with a page to read and with sign-off, whatever else is so', () => {
    const rules = (one: (typeof EVERY)[number], more: object) => {
      const facts = { ...routine, ...more, ...one, countsAsRed: countsAsRed([{ rating: one.rating, by: null }]) };
      const isDropped = DROPS.includes(one.outcome) || one.thresholdLevel <= 2;
      const isGuarded = (one.rating === 'red' || one.immediateDanger) && isDropped;
      const guards = [
        ...(isGuarded && one.rating === 'red' ? ['red_ends_at_early_help_or_less'] : []),
        ...(isGuarded && one.immediateDanger ? ['danger_ends_at_early_help_or_less'] : []),
      ];
      const ofGuards = (reasons: readonly string[]) =>
        reasons.filter((reason) => reason.endsWith('early_help_or_less'));
      expect(ofGuards(signOffReasons(signOff.neededWhen, facts))).toEqual(guards);
      expect(ofGuards(reasonsToPause(pauseWhen, facts))).toEqual(guards);
    };
    for (const one of EVERY) rules(one, {});
    fc.assert(fc.property(someDecision, ({ rating, immediateDanger, outcome, thresholdLevel, ...more }) =>
      rules({ rating, immediateDanger, outcome, thresholdLevel }, more))); // prettier-ignore
  });
});

describe('the page to read', () => {
  it.each<[string, Partial<DecisionFacts>, string[]]>([
    [
      'no further action on a baby',
      { outcome: 'no_further_action', childUnderOneOrUnborn: true },
      ['child_under_one_or_unborn'],
    ],
    ['early help for a baby', { outcome: 'early_help', childUnderOneOrUnborn: true }, []],
    [
      'advice at a third contact',
      { outcome: 'advice_and_signposting', earlierReferrals: 2 },
      ['re_referral_within_12_months', 'third_contact_within_12_months'],
    ],
    ['an assessment at level 2 of a red', { thresholdLevel: 2, countsAsRed: true }, ['red_ends_at_early_help_or_less']],
    ['an assessment at level 3 of a red', { countsAsRed: true }, []],
  ])('comes before %s for its reasons', (_, facts, reasons) => {
    expect(reasonsToPause(DEFAULT_POLICY.pauseWhen, { ...routine, ...facts })).toEqual(reasons);
  });

  it('comes for the reasons of the policy only', () => {
    const decision = { ...routine, thresholdLevel: 4 } as const;
    expect(reasonsToPause(DEFAULT_POLICY.pauseWhen, decision)).toEqual([]);
    expect(reasonsToPause(['level_4_without_strategy_discussion'], decision)).toEqual([
      'level_4_without_strategy_discussion',
    ]);
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
