import type { Transaction } from '#store';

/** What each job carries: ids only, never a name or a narrative. */
export interface JobPayloads {
  /** Tells the referrer by e-mail that we have the referral, and its reference. */
  'acknowledge-referral': { readonly referralId: string };
  /** Looks for earlier referrals of the same children. */
  'match-earlier-referrals': { readonly referralId: string };
}

export type JobName = keyof JobPayloads;

interface JobPolicy {
  readonly queue: 'intake';
  /** Failures after which an operator is told. The job is tried on, ever more slowly, until it is done. */
  readonly attempts: number;
  /** Seconds before the first retry; doubled each time, up to five minutes. */
  readonly retryAfterSeconds: number;
}

/** The only list of background work. */
export const JOBS = {
  'acknowledge-referral': { queue: 'intake', attempts: 8, retryAfterSeconds: 5 },
  'match-earlier-referrals': { queue: 'intake', attempts: 8, retryAfterSeconds: 2 },
} as const satisfies { readonly [N in JobName]: JobPolicy };

export type QueueName = (typeof JOBS)[JobName]['queue'];
export const QUEUES = [...new Set(Object.values(JOBS).map((job) => job.queue))] as readonly QueueName[];

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

/**
 * What does each job: a handler for every name, or it does not compile. A handler works in the transaction that
 * marks its job complete, so its effect on the database happens once however often the job is delivered.
 */
export type JobHandlers = {
  readonly [N in JobName]: (payload: JobPayloads[N], tx: Transaction) => Promise<void>;
};

/** @throws Error naming the jobs without a handler; a worker that lacks one must not start */
export function assertEveryJobHasAHandler(handlers: Partial<JobHandlers>): asserts handlers is JobHandlers {
  const missing = Object.keys(JOBS).filter((name) => isJobName(name) && typeof handlers[name] !== 'function');
  if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
}
