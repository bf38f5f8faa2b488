import { DEFAULT_RATING_RULES } from './default-rating-rules.ts';
import type { TriagePolicy } from './triage-policy.ts';

/** The triage policy that the service ships with, until an authority sets its own. */
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
};
