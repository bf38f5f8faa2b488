import fc from 'fast-check';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import type { Progression } from '../code-lists/progressions.ts';
import { policyIn } from './decision-rules.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { policyFaults } from './policy-faults.ts';
import { DEFAULT_RECORDING_RULES, lateReasonCode, recordedLateness, type RecordingRules } from './recording-rules.ts';

const { progressions, lateReasons } = DEFAULT_RECORDING_RULES;
const reason = (code: string, words = `Words of ${code}`) => ({ code, words });

it.each<[Progression, readonly string[]]>([
  ['referral', ['immediate_protection', 'strategy_discussion', 'child_and_family_assessment', 'edge_of_care']],
  ['referral_no_further_action', []],
  [
    'contact_only',
    ['early_help', 'advice_and_signposting', 'to_allocated_worker', 'transfer_to_other_authority', 'refer_to_lado',
      'returned_to_referrer', 'no_further_action'],
  ],
])('the shipped policy proposes %s for %j', (progression, outcomes) => {
  expect(OUTCOMES.filter((outcome) => progressions[outcome] === progression)).toEqual(outcomes);
}); // prettier-ignore

describe('a policy of before what is recorded was data', () => {
  const { progressions: _, lateReasons: __, ...older } = DEFAULT_POLICY;

  it('means what the service ships with', () => {
    expect(policyIn(older)).toMatchObject(DEFAULT_RECORDING_RULES);
  });

  it('that lacks one outcome means what the service ships with for that one', () => {
    const { refer_to_lado: ___, ...known } = { ...progressions, early_help: 'referral' as const };
    const read = policyIn({ ...older, progressions: known as RecordingRules['progressions'] });
    expect(read).toMatchObject({ progressions: { refer_to_lado: 'contact_only', early_help: 'referral' } });
  });
});

describe('a policy', () => {
  const many = Array.from({ length: 20 }, (_, index) => reason(`reason_${index}`));

  it.each<[string, object, string]>([
    ['an unknown progression', { progressions: { ...progressions, early_help: 'lost' } }, 'progressions'],
    ['no progression of an outcome', { progressions: { early_help: 'referral' } }, 'progressions'],
    ['an unknown outcome', { progressions: { ...progressions, bad_weather: 'referral' } }, 'progressions'],
    ['no other reason', { lateReasons: [reason('weather')] }, 'lateReasons'],
    ['a reason without words', { lateReasons: [reason('weather', ' \u200b'), reason('other')] }, 'lateReasons'],
    ['a reason of a page', { lateReasons: [reason('weather', 'w'.repeat(101)), reason('other')] }, 'lateReasons'],
    ['a reason twice', { lateReasons: [reason('a', 'Snow'), reason('b', ' snow'), reason('other')] }, 'lateReasons'],
    ['a code twice', { lateReasons: [reason('a', 'Snow'), reason('a', 'Ice'), reason('other')] }, 'lateReasons'],
    ['a code that no record takes', { lateReasons: [reason('Ä b'), reason('other')] }, 'lateReasons'],
    ['too many reasons', { lateReasons: [...many, reason('other')] }, 'lateReasons'],
  ])('has a fault with %s', (_, change, at) => {
    expect(policyFaults({ ...DEFAULT_POLICY, ...change }).map((fault) => fault.at)).toEqual([at]);
  });

  it('may propose otherwise and have reasons of its own', () => {
    const own = {
      progressions: { ...progressions, no_further_action: 'referral_no_further_action' as const },
      lateReasons: [reason('snow'), reason('other', 'None of these')],
    };
    expect(policyFaults({ ...DEFAULT_POLICY, ...own })).toEqual([]);
  });
});

describe('the reason for lateness', () => {
  it.each([
    ['of the list', 'staff_absence', 'Two were ill.', 'staff_absence', 'Two were ill.'],
    ['of the list without words', 'staff_absence', ' \u200b', 'staff_absence', null],
    ['in words alone', null, 'It snowed.', 'other', 'It snowed.'],
    ['that the list has no more', 'bad_weather', '', 'other', null],
    ['that is not given', null, '\n', null, null],
  ])('%s is recorded for a late decision', (_, given, words, lateReason, lateWords) => {
    expect(recordedLateness(lateReasons, true, { reason: given, words })).toEqual({ lateReason, lateWords });
  });

  it('is never recorded for a decision in time, and never words without a reason', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.option(fc.string()), fc.string(), (late, given, words) => {
        const { lateReason, lateWords } = recordedLateness(lateReasons, late, { reason: given, words });
        if (!late) expect(lateReason).toBeNull();
        if (lateReason === null) expect(lateWords).toBeNull();
        else expect(lateReasons.map(({ code }) => code)).toContain(lateReason);
      }),
    );
  });
});

describe('the code of a new reason', () => {
  it.each([
    ['Court hearing', [], 'court_hearing'],
    ['  2nd opinion: the GP’s! ', [], 'nd_opinion_the_gp_s'],
    ['Éloignement', [], 'eloignement'],
    ['寒波', [], 'reason'],
    ['Court hearing', ['court_hearing', 'court_hearing_2'], 'court_hearing_3'],
  ])('made of “%s” beside %j is %s', (words, taken, code) => expect(lateReasonCode(words, taken)).toBe(code));

  it('fits the record and is new, whatever the words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (words, taken) => {
        const first = lateReasonCode(words, taken);
        const second = lateReasonCode(words, [...taken, first]);
        expect(first).toMatch(/^[a-z][a-z0-9_]{0,59}$/);
        expect(second).toMatch(/^[a-z][a-z0-9_]{0,59}$/);
        expect([...taken, first]).not.toContain(second);
      }),
    );
  });
});
