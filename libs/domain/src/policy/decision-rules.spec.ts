import { OUTCOMES, type Outcome, type ThresholdLevel } from '../code-lists/outcomes.ts';
import { SIGN_OFF_REASONS } from '../decisions/sign-off.ts';
import { contradicts, DEFAULT_DECISION_RULES, policyIn, ruleChanges, type DecisionRules } from './decision-rules.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { policyFaults } from './policy-faults.ts';

describe('an outcome and a level of need', () => {
  it.each<[Outcome, readonly ThresholdLevel[]]>([
    ['immediate_protection', [1, 2, 3]],
    ['strategy_discussion', [1, 2, 3]],
    ['child_and_family_assessment', [1]],
    ['edge_of_care', [1, 2]],
    ['early_help', [1, 4]],
    ['advice_and_signposting', [4]],
    ['to_allocated_worker', []],
    ['transfer_to_other_authority', []],
    ['refer_to_lado', []],
    ['returned_to_referrer', [4]],
    ['no_further_action', [3, 4]],
  ])('contradict each other by the shipped policy for %s: at %j', (outcome, levels) => {
    const asks = ([1, 2, 3, 4] as const).filter((level) =>
      contradicts(DEFAULT_DECISION_RULES.contradictions, outcome, level),
    );
    expect(asks).toEqual(levels);
  });
});

describe('a stored policy', () => {
  const { signOff: _, pauseWhen: __, contradictions: ___, ...older } = DEFAULT_POLICY;

  it('that was published before the rules were data means what the code did then', () => {
    const read: DecisionRules = policyIn(older);
    expect(read.signOff.neededWhen).toEqual(
      SIGN_OFF_REASONS.filter((reason) => !reason.endsWith('early_help_or_less')),
    );
    expect(read.pauseWhen).toEqual([
      ...['re_referral_within_12_months', 'third_contact_within_12_months', 'child_under_one_or_unborn'],
    ]);
    expect(read.contradictions).toEqual([]);
  });

  it('that has the rules means them', () => {
    expect(policyIn(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
    expect(policyIn({ ...older, pauseWhen: [] })).toMatchObject({ pauseWhen: [] });
  });
});

describe('a policy', () => {
  const ofSignOff = (...neededWhen: readonly string[]) => ({ signOff: { neededWhen } });
  const without = (code: string) => SIGN_OFF_REASONS.filter((reason) => reason !== code);

  it.each<[string, object, string]>([
    ['no sign-off of a red', ofSignOff(...without('red_ends_at_early_help_or_less')), 'signOff.neededWhen'],
    ['no sign-off in danger', ofSignOff(...without('danger_ends_at_early_help_or_less')), 'signOff.neededWhen'],
    ['an unknown reason', ofSignOff(...SIGN_OFF_REASONS, 'bad_weather'), 'signOff.neededWhen'],
    ['a reason twice', ofSignOff(...SIGN_OFF_REASONS, 'no_further_action'), 'signOff.neededWhen'],
    ['no page before a red', { pauseWhen: ['danger_ends_at_early_help_or_less'] }, 'pauseWhen'],
    ['no page in danger', { pauseWhen: ['red_ends_at_early_help_or_less'] }, 'pauseWhen'],
    ['an unknown page', { pauseWhen: [...SIGN_OFF_REASONS, 'bad_weather'] }, 'pauseWhen'],
    ['an unknown outcome', { contradictions: [{ outcome: 'bad_weather', levels: [1] }] }, 'contradictions'],
    ['an unknown level', { contradictions: [{ outcome: OUTCOMES[0], levels: [5] }] }, 'contradictions'],
    ['a level twice', { contradictions: [{ outcome: OUTCOMES[0], levels: [1, 1] }] }, 'contradictions'],
    [
      'an outcome twice',
      { contradictions: [1, 2].map((level) => ({ outcome: OUTCOMES[0], levels: [level] })) },
      'contradictions',
    ],
  ])('has a fault with %s', (_, change, at) => {
    expect(policyFaults({ ...DEFAULT_POLICY, ...change }).map((fault) => fault.at)).toEqual([at]);
  });

  it('may ask for sign-off and for the page by fewer of the other reasons', () => {
    const fewer = SIGN_OFF_REASONS.filter((reason) => reason.endsWith('early_help_or_less'));
    const policy = { ...DEFAULT_POLICY, ...ofSignOff(...fewer), pauseWhen: fewer, contradictions: [] };
    expect(policyFaults(policy as typeof DEFAULT_POLICY)).toEqual([]);
  });
});

it('tells which rules a version adds and which it removes', () => {
  const before = DEFAULT_DECISION_RULES;
  const then: DecisionRules = {
    signOff: { neededWhen: before.signOff.neededWhen.filter((reason) => reason !== 'rating_lowered') },
    pauseWhen: [...before.pauseWhen, 'no_further_action'],
    contradictions: [
      ...before.contradictions.filter(({ outcome }) => outcome !== 'returned_to_referrer'),
      { outcome: 'refer_to_lado', levels: [1] },
    ],
    progressions: { ...before.progressions, no_further_action: 'referral_no_further_action' },
    lateReasons: [
      ...before.lateReasons.filter(({ code }) => code !== 'staff_absence' && code !== 'other'),
      { code: 'other', words: 'None of these' },
    ],
  };
  expect(ruleChanges(before, then)).toEqual({
    signOff: { added: [], removed: ['rating_lowered'] },
    pause: { added: ['no_further_action'], removed: [] },
    contradictions: {
      added: [{ outcome: 'refer_to_lado', level: 1 }],
      removed: [{ outcome: 'returned_to_referrer', level: 4 }],
    },
    progressions: [{ outcome: 'no_further_action', progression: 'referral_no_further_action' }],
    lateReasons: {
      added: [{ code: 'other', words: 'None of these' }],
      removed: [
        { code: 'staff_absence', words: 'Staff were absent' },
        { code: 'other', words: 'Another reason' },
      ],
    },
  });
});
