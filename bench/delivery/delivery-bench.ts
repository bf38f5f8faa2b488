import type { NotifyStandIn } from '../../scripts/stand-ins/notify.ts';
import type { FreshDatabase } from '../fresh-database.ts';
import type { Running } from '../workers.ts';

/** What a measurement of delivery has: a database, a Notify with its real limits, and workers that send to it. */
export interface DeliveryBench {
  readonly fresh: FreshDatabase;
  readonly notify: NotifyStandIn;
  readonly startWorkers: () => Promise<Running>;
}
