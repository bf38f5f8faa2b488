import { setTimeout } from 'node:timers/promises';
import { RefusedByHub, Unreachable } from './errors.ts';

const ATTEMPTS = 4;
/** A longer Retry-After is for the caller to wait. */
const LONGEST_WAIT = 60;

/**
 * Does something again while the hub cannot be reached, or says that it may be tried again.
 *
 * @param isRepeatable whether it does no harm where the hub did the first already and its answer was lost
 * @throws what the last attempt throws
 */
export async function tryAgain<T>(act: () => Promise<T>, isRepeatable: boolean): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      // 429 is answered before anything is done.
      const isPassing =
        (error instanceof Unreachable && isRepeatable) ||
        (error instanceof RefusedByHub && error.isPassing && (isRepeatable || error.status === 429));
      const wait = (error instanceof RefusedByHub ? error.afterSeconds : undefined) ?? 2 ** attempt / 4;
      if (!isPassing || attempt === ATTEMPTS || wait > LONGEST_WAIT) throw error;
      // Programs that were refused together do not come back together.
      await setTimeout((wait + Math.random() * 0.25) * 1_000);
    }
  }
}
