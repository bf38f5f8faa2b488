import type { Queue, Worker, WorkerOptions } from 'bullmq';

/** Where BullMQ keeps its queues: Redis or Valkey when there is one, PostgreSQL otherwise. */
export interface QueueStoreSettings {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Redis keys begin with it; the braces keep them on one node of a cluster. */
  readonly prefix?: string;
}

type Process = (job: { name: string; data: { id: string } }) => Promise<void>;

/** The one place that knows which of the two it is. */
export interface QueueStore {
  queue(name: string): Queue;
  worker(name: string, process: Process, concurrency: number): Worker;
  close(): Promise<void>;
}

/** A job whose worker died is taken over within seconds, however often that happens. */
export const TAKE_OVER: Partial<WorkerOptions> = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
};
