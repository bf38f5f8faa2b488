import type { ReferralStatus } from '#store';
import { clockInWords, type ClockWords } from './words.ts';

/** What a clock measures, and how it stands. */
export interface RunningClock extends ClockWords {
  readonly what: string;
}

/** The clocks of a referral, as its page and each line of the queue have them. */
interface Clocks {
  readonly status: ReferralStatus;
  readonly decisionDueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
  /** Null when no person has to take it, or does not have to any more. */
  readonly claimDueAt?: Temporal.Instant | null;
}

/** Every clock that runs, what is due first before the others: one that is overdue is never behind one that is not. */
export function runningClocks(of: Clocks, now: Temporal.Instant, zone: string): readonly RunningClock[] {
  if (of.status === 'decided') return [];
  const decision = of.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision';
  const clocks = [
    { what: decision, dueAt: of.decisionDueAt },
    { what: 'Statutory limit', dueAt: of.statutoryDueAt },
    ...(of.claimDueAt ? [{ what: 'To be taken,', dueAt: of.claimDueAt }] : []),
  ];
  return clocks
    .sort((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt))
    .map(({ what, dueAt }) => ({ what, ...clockInWords(dueAt, now, zone) }));
}
