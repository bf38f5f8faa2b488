import { DEFAULT_DECISION_RULES } from './decision-rules.ts';
import { DEFAULT_FOLLOW_UP_RULES } from './follow-up-rules.ts';
import { DEFAULT_RATING_RULES } from './default-rating-rules.ts';
import { DEFAULT_WORKLOAD_RULES } from './workload-rules.ts';
import type { TriagePolicy } from './triage-policy.ts';

/**
 * The policy that the service ships with (policy keys `ratings`, `escalation`, `acknowledging`,
 * `statutoryDecisionDue`). An authority replaces it by publishing a version of its own.
 *
 * Red 4 hours, amber 1 working day and green 3 working days are the times that Oxfordshire's MASH publishes. The clock
 * of a red counts elapsed hours, so it runs through nights and weekends: Luton's rating policy asks that a red is dealt
 * with to its end, even after working hours. One working day for every referral is the limit of Working Together.
 */
export const DEFAULT_POLICY: TriagePolicy = {
  ratings: {
    red: {
      decisionDue: { elapsedHours: 4 },
      claimDue: { elapsedMinutes: 30 },
      escalation: [
        { at: { afterReceipt: { elapsedMinutes: 30 } }, onlyIf: 'unclaimed', tell: ['duty_team'] },
        { at: { afterReceipt: { elapsedHours: 2 } }, tell: ['practice_manager'] },
        { at: { beforeDue: { elapsedMinutes: 30 } }, tell: ['service_manager'] },
        { at: 'due', tell: ['service_manager', 'head_of_service'] },
        { repeatEvery: { elapsedMinutes: 30 }, tell: ['service_manager', 'head_of_service'] },
      ],
      acknowledgementPauses: { elapsedMinutes: 30 },
    },
    amber: {
      decisionDue: { workingDays: 1 },
      claimDue: null,
      escalation: [
        { at: { beforeDue: { workingHours: 4 } }, onlyIf: 'unclaimed', tell: ['duty_team'] },
        { at: { beforeDue: { workingHours: 2 } }, tell: ['practice_manager'] },
        { at: 'due', tell: ['practice_manager', 'service_manager'] },
        { repeatEvery: { workingHours: 2 }, tell: ['practice_manager', 'service_manager'] },
      ],
      acknowledgementPauses: { workingHours: 2 },
    },
    green: {
      decisionDue: { workingDays: 3 },
      claimDue: null,
      escalation: [
        { at: { beforeDue: { workingHours: 8 } }, tell: ['duty_team'] },
        { at: 'due', tell: ['practice_manager'] },
        { repeatEvery: { workingDays: 1 }, tell: ['practice_manager', 'service_manager'] },
      ],
      acknowledgementPauses: { workingDays: 1 },
    },
  },
  statutoryDecisionDue: { workingDays: 1 },
  ratingRules: DEFAULT_RATING_RULES,
  ...DEFAULT_DECISION_RULES,
  ...DEFAULT_FOLLOW_UP_RULES,
  ...DEFAULT_WORKLOAD_RULES,
};
