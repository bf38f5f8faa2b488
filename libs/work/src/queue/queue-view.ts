import type { ConcernType, Rating } from '#domain';

/** Which part of the hub's work a person looks at. */
export const QUEUE_VIEWS = ['waiting', 'unclaimed', 'mine', 'sign-off', 'decided'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** When the decision is due, as people ask for it. */
export const DUE_FILTERS = ['overdue', 'within-the-hour', 'today', 'later'] as const;
export type DueFilter = (typeof DUE_FILTERS)[number];

/** What narrows a view down; null leaves it as wide as it is. */
export interface QueueFilters {
  readonly rating: Rating | null;
  readonly concern: ConcernType | null;
  /** An agency's id. */
  readonly agency: string | null;
  /** A person's id, or `nobody`. */
  readonly holder: string | null;
  readonly due: DueFilter | null;
}

export const NO_FILTERS: QueueFilters = { rating: null, concern: null, agency: null, holder: null, due: null };
