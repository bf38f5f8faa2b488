import { OUTCOMES, type Outcome } from '../code-lists/outcomes.ts';
import { CASE_RESULTS, needsOfCaseCheck, type CaseResult } from './case-check.ts';

const PROTECTING: readonly Outcome[] = ['immediate_protection', 'strategy_discussion'];

describe('what the case system asks of a decision', () => {
  const outcomes = OUTCOMES.map((outcome) => [outcome, PROTECTING.includes(outcome)] as const);

  it.each(outcomes)(
    'is a check before %s, where the policy says so (protects at once: %s)',
    (outcome, isProtecting) => {
      const isMissing = (askedBefore: readonly Outcome[], results: readonly (CaseResult | null)[], isDanger = false) =>
        needsOfCaseCheck(askedBefore, { outcome, immediateDanger: isDanger, results }).isMissing;
      expect(isMissing([outcome], [null])).toBe(!isProtecting);
      expect(isMissing(OUTCOMES, ['not_known', null])).toBe(!isProtecting);
      expect(isMissing([outcome], [null], true)).toBe(false);
      expect(
        isMissing(
          OUTCOMES.filter((one) => one !== outcome),
          [null],
        ),
      ).toBe(false);
      for (const result of CASE_RESULTS) expect(isMissing([outcome], [result])).toBe(false);
    },
  );

  it.each(outcomes)(
    'is a reason for %s, where a child is open there (protects at once: %s)',
    (outcome, isProtecting) => {
      const asks = (results: readonly (CaseResult | null)[], immediateDanger = false) =>
        needsOfCaseCheck([], { outcome, immediateDanger, results }).asksWhyNotWorker;
      const isAsked = !isProtecting && outcome !== 'to_allocated_worker';
      expect(asks(['open'])).toBe(isAsked);
      expect(asks(['not_known', 'open', null])).toBe(isAsked);
      expect(asks(['open'], true)).toBe(false);
      expect(asks(['closed', 'not_known', 'not_checked', null])).toBe(false);
    },
  );
});
