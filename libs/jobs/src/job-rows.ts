import { randomUUIDv7 } from 'node:crypto';
import { urgency, type Rating } from '#domain';
import { currentTraceparent } from '#platform';
import { Job, rowsOf, type RowsOf } from '#store';
import type { JobName, JobPayloads } from './catalogue.ts';

/** A job for the ledger, to be inserted in the transaction of the act that calls for it. */
export function jobRows<N extends JobName>(
  at: { readonly now: Temporal.Instant },
  name: N,
  payloads: readonly JobPayloads[N][],
  rating: Rating,
): RowsOf {
  return rowsOf(
    Job,
    ...payloads.map((payload) => ({
      id: randomUUIDv7(),
      name,
      payload: payload,
      priority: urgency(rating),
      createdAt: at.now,
      runAfter: at.now,
      handOvers: 0,
      failures: 0,
      traceParent: currentTraceparent(),
    })),
  );
}
