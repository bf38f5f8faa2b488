import { OUTCOMES } from '../code-lists/outcomes.ts';
import { caseCheckChange, DEFAULT_CASE_CHECK_RULES, type CaseCheckRules } from './case-check-rules.ts';
import { policyIn } from './decision-rules.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { policyFaults } from './policy-faults.ts';
import type { TriagePolicy } from './triage-policy.ts';

const before = (...askedBefore: readonly string[]) => ({ caseCheck: { askedBefore } }) as CaseCheckRules;

describe('the rules about the case system', () => {
  it('ask for no check where a stored policy says nothing of them', () => {
    const { caseCheck: _, ...older } = DEFAULT_POLICY;
    expect(policyIn<TriagePolicy>(older)).toMatchObject(DEFAULT_CASE_CHECK_RULES);
    expect(policyIn<TriagePolicy>({ ...older, ...before('early_help') })).toMatchObject(before('early_help'));
  });

  it.each([
    ['an unknown outcome', ['bad_weather']],
    ['an outcome twice', [OUTCOMES[0], OUTCOMES[0]]],
  ])('have a fault with %s', (_, askedBefore) => {
    expect(policyFaults({ ...DEFAULT_POLICY, ...before(...askedBefore) }).map(({ at }) => at)).toEqual([
      'caseCheck.askedBefore',
    ]);
  });

  it('may name any of the outcomes, or all', () => {
    for (const outcome of OUTCOMES) expect(policyFaults({ ...DEFAULT_POLICY, ...before(outcome) })).toEqual([]);
    expect(policyFaults({ ...DEFAULT_POLICY, ...before(...OUTCOMES) })).toEqual([]);
  });

  it('tell which outcomes a version adds and which it removes', () => {
    const change = caseCheckChange(before('early_help', 'refer_to_lado'), before('refer_to_lado', 'no_further_action'));
    expect(change).toEqual({ added: ['no_further_action'], removed: ['early_help'] });
  });
});
