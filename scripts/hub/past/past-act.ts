import type { StaffActor } from '#access';
import type { Outcome, Rating, ThresholdLevel } from '#domain';
import type { DecisionAnalysis, RecordDecisionCommand } from '#decisions';
import type { ChosenRoute } from '#routes';
import type { Arrival } from './arrival.ts';

/** A decision as a person put it. */
export interface PastDecision {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  /** Why outcome and level are both right although they contradict each other; empty where they do not. */
  readonly contradictionReason: string;
  readonly analysis: DecisionAnalysis;
  /** Whom it goes to by name; left out where the outcome asks for none. */
  readonly route?: ChosenRoute;
}

/** What a person says beside a decision, so that it can be counted. */
export type SaidBeside = Pick<RecordDecisionCommand, 'progression' | 'primaryNeed' | 'lateReason' | 'lateWords'>;

interface ByAPerson {
  readonly at: Temporal.Instant;
  readonly by: StaffActor;
}

/** What happened to a past referral: an act of a person, or of the service by itself. A test plays them by the use cases. */
export type PastAct =
  | (Arrival & { readonly kind: 'received' })
  | (ByAPerson & { readonly kind: 'read' | 'claimed' | 'undone' | 'acknowledged' })
  | (ByAPerson & { readonly kind: 'given-back'; readonly note: string })
  | (ByAPerson & { readonly kind: 'rated'; readonly rating: Rating; readonly reason: string })
  | (ByAPerson & { readonly kind: 'decided'; readonly decision: PastDecision & Partial<SaidBeside> })
  | (ByAPerson & { readonly kind: 'signed'; readonly result: 'agreed' | 'returned'; readonly comments: string | null })
  | { readonly kind: 'lapsed' | 'due' | 'rearmed'; readonly at: Temporal.Instant };
