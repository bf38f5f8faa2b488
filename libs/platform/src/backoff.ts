/** How long to wait before another try. */
export interface Backoff {
  /** Seconds before the first retry; doubled with each failure. */
  readonly firstSeconds: number;
  /** Seconds that no wait is longer than. */
  readonly slowestSeconds: number;
}

/** A share of each wait that chance takes off, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * The wait after so many failures, with jitter.
 *
 * @param failures how many there were: 1 after the first
 * @param chance a number from 0 up to 1; at 0 the wait is the longest
 * @returns seconds, never more than without jitter
 */
export function backoffSeconds(
  failures: number,
  { firstSeconds, slowestSeconds }: Backoff,
  chance: number = Math.random(),
): number {
  const full = Math.min(firstSeconds * 2 ** Math.min(failures - 1, 30), slowestSeconds);
  return full * (1 - JITTER * chance);
}
