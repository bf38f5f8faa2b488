import { randomUUIDv7 } from 'node:crypto';
import { urgency, type Rating } from '#domain';
import { currentTraceparent } from '#platform';
import { Job, rowsOf, type RowsOf } from '#store';
import type { JobName, JobPayloads } from './catalogue.ts';

/**
 * A job for the ledger, to be inserted in the transaction of the act that calls for it.
 *
 * @param runAfter when it is to be done; at once where it is left out
 */
export function jobRows<N extends JobName>(
  at: { readonly now: Temporal.Instant },
  name: N,
  payloads: readonly JobPayloads[N][],
  rating: Rating,
  runAfter: Temporal.Instant = at.now,
): RowsOf {
  return rowsOf(
    Job,
    ...payloads.map((payload) => ({
      id: randomUUIDv7(),
      name,
      payload: payload,
      priority: urgency(rating),
      createdAt: at.now,
      runAfter,
      handOvers: 0,
      failures: 0,
      traceParent: currentTraceparent(),
    })),
  );
}
