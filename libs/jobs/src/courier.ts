import type { Queue, Worker } from 'bullmq';
import { withTimeout, type Logger } from '#platform';
import { JOBS, QUEUE_NAMES, QUEUES, type JobName, type QueueName } from './catalogue.ts';
import type { QueueStore } from './queue-store.ts';

/** A ledger entry as BullMQ sees it. */
export interface HandedOver {
  readonly id: string;
  readonly name: JobName;
  readonly priority: number;
  /** Which hand-over this is: part of the id, since BullMQ ignores an id it has seen. */
  readonly handOver: number;
}

/** BullMQ's store cannot be reached, or did not answer in time. */
export class CourierAway extends Error {}

const ANSWER_WITHIN_MS = 2_000;
const REOPEN_AFTER_MS = 1_000;
const SENTINEL = 'sentinel';
const A_YEAR_MS = 365 * 24 * 3_600_000;

/** BullMQ: gives jobs concurrency, priority and a view for operators. It is never the only one to know of a job. */
export class Courier {
  private readonly queues = new Map<QueueName, Queue>();
  private readonly workers = new Set<Worker>();
  private hasConnected = false;
  private isClosing = false;

  constructor(
    private readonly store: QueueStore,
    private readonly log: Logger,
  ) {
    for (const name of QUEUE_NAMES) {
      this.keepOpen(
        () => this.store.queue(name),
        (queue) => this.queues.set(name, queue),
      );
    }
  }

  /**
   * Puts jobs on their queues, in their order of priority.
   *
   * @throws CourierAway when the store does not take them
   */
  async carry(jobs: readonly HandedOver[]): Promise<void> {
    await this.firstConnection();
    await Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const own = jobs.filter((job) => JOBS[job.name].queue === name);
        if (own.length === 0) return;
        await answered(
          queue.addBulk(
            own.map(({ id, name: job, priority, handOver }) => ({
              name: job,
              data: { id },
              opts: { jobId: `${id}-${handOver}`, priority, removeOnComplete: true, removeOnFail: true },
            })),
          ),
        );
      }),
    );
  }

  /**
   * Whether the store still holds what it was given. Each queue has a job that is never due; without it the store
   * was emptied, and everything handed over before has to be handed over again.
   *
   * @throws CourierAway when the store does not answer
   */
  async isIntact(): Promise<boolean> {
    await this.firstConnection();
    const found = await Promise.all([...this.queues.values()].map((queue) => answered(queue.getJob(SENTINEL))));
    return found.every((job) => job !== undefined && job !== null);
  }

  /**
   * Which of these jobs the store still has.
   *
   * @throws CourierAway when the store does not answer
   */
  async has(jobs: readonly HandedOver[]): Promise<readonly string[]> {
    const found = await Promise.all(
      jobs.map(async ({ id, name, handOver }) => {
        const job = await answered(this.queues.get(JOBS[name].queue)!.getJob(`${id}-${handOver}`));
        return job === undefined || job === null ? [] : [id];
      }),
    );
    return found.flat();
  }

  /** Puts each queue's sentinel back. */
  async placeSentinels(): Promise<void> {
    const options = { jobId: SENTINEL, delay: A_YEAR_MS, priority: 3, removeOnComplete: true, removeOnFail: true };
    await Promise.all([...this.queues.values()].map((queue) => answered(queue.add(SENTINEL, {}, options))));
  }

  /**
   * Starts working the queues.
   *
   * @param run does the job of that ledger id; a failure is the ledger's affair
   */
  work(run: (jobId: string) => Promise<void>): void {
    for (const name of QUEUE_NAMES) {
      const process = async ({ name: job, data }: { name: string; data: { id: string } }) => {
        if (job !== SENTINEL) await run(data.id);
      };
      this.keepOpen(
        () => this.store.worker(name, process, QUEUES[name].concurrency),
        (worker) => this.workers.add(worker),
        (worker) => this.workers.delete(worker),
      );
    }
  }

  /** Lets running jobs finish, then lets go of the store. */
  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.workers].map((worker) => quietly(worker.close())));
    await Promise.all([...this.queues.values()].map((queue) => quietly(queue.close())));
    await quietly(this.store.close());
  }

  /** A store that is still being connected to is not away. Afterwards it answers, or it is. */
  private async firstConnection(): Promise<void> {
    if (this.hasConnected) return;
    await Promise.all([...this.queues.values()].map((queue) => answered(queue.waitUntilReady())));
    this.hasConnected = true;
  }

  /** BullMQ remembers for good that a store was away when it was first connected to: then it is opened again. */
  private keepOpen<T extends Queue | Worker>(
    open: () => T,
    opened: (one: T) => unknown,
    lost: (one: T) => unknown = () => undefined,
  ): void {
    const one = open();
    const report = (error: Error) => this.log.debug({ error, queue: one.name }, 'the queue store reports an error');
    (one as Queue).on('error', report);
    opened(one);
    one.waitUntilReady().catch(async () => {
      lost(one);
      await quietly(one.close());
      await new Promise((resolve) => setTimeout(resolve, REOPEN_AFTER_MS));
      if (!this.isClosing) this.keepOpen(open, opened, lost);
    });
  }
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await withTimeout(answer, ANSWER_WITHIN_MS);
  } catch (error) {
    throw new CourierAway('the queue store cannot be reached', { cause: error });
  }
}

/** Closing must not fail or hang because the store is away. */
async function quietly(closing: Promise<unknown>): Promise<void> {
  await answered(closing).catch(() => undefined);
}
