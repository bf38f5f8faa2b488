import type { Backoff } from '#platform';
import type { Transaction } from '#store';

/** The payload of each job: ids only, never a name or a narrative. */
export interface JobPayloads {
  /** Hands over the message that tells the referrer that we have the referral, and its reference. */
  'acknowledge-referral': { readonly referralId: string };
  /** Looks for earlier referrals of the same children. */
  'match-earlier-referrals': { readonly referralId: string };
  /** Has the scanner look at a file of an agency. */
  'scan-attachment': { readonly attachmentId: string };
  /** Closes the days that have ended, up to and with this local date: what managers read is worked out. */
  'close-days': { readonly upTo: string };
  /** Draws the dip sample of a month that is over, such as `2026-10`. */
  'draw-sample': { readonly month: string };
  /** Makes the parts of an evidence pack that are not made. */
  'make-evidence': { readonly id: string };
  /** Sums up the week before this Monday, and hands over the e-mail to each person who wants it. */
  'weekly-summary': { readonly week: string };
  /** Verifies the whole record, once for this night, named by its local date. */
  'verify-record': { readonly night: string };
  /** Destroys the records that two people approved. */
  'destroy-records': { readonly destructionId: string };
  /** Sends what an endpoint of an agency is to be told. */
  'send-webhooks': { readonly endpointId: string };
}

export type JobName = keyof JobPayloads;

/** Each queue of BullMQ, with how many of its jobs one worker does at the same time. */
export const QUEUES = {
  /** The machine work of a referral that has just come: urgent, and quick. */
  intake: { concurrency: 4 },
  /** Files of agencies, each of which a scanner reads from end to end. */
  files: { concurrency: 2 },
  /** Work on whole days and months, for managers: one at a time, since each reads much. */
  oversight: { concurrency: 1 },
  /** Calls to agencies, which wait for machines of others: four at a time, one for an endpoint. */
  webhooks: { concurrency: 4 },
} as const satisfies Readonly<Record<string, { readonly concurrency: number }>>;

export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

interface JobPolicy {
  readonly queue: QueueName;
  /** Failures after which an operator is told. The job is tried on, ever more slowly, until it is done. */
  readonly attempts: number;
  readonly retry: Backoff;
}

/** The jobs that a referral or another act calls for. Work that comes round by itself is a `Loop` of the worker. */
export const JOBS = {
  'acknowledge-referral': { queue: 'intake', attempts: 8, retry: { firstSeconds: 5, slowestSeconds: 300 } },
  'match-earlier-referrals': { queue: 'intake', attempts: 8, retry: { firstSeconds: 2, slowestSeconds: 300 } },
  'scan-attachment': { queue: 'files', attempts: 5, retry: { firstSeconds: 5, slowestSeconds: 300 } },
  'close-days': { queue: 'oversight', attempts: 3, retry: { firstSeconds: 60, slowestSeconds: 900 } },
  'draw-sample': { queue: 'oversight', attempts: 4, retry: { firstSeconds: 30, slowestSeconds: 3_600 } },
  'make-evidence': { queue: 'oversight', attempts: 3, retry: { firstSeconds: 5, slowestSeconds: 300 } },
  'weekly-summary': { queue: 'oversight', attempts: 4, retry: { firstSeconds: 30, slowestSeconds: 900 } },
  'verify-record': { queue: 'oversight', attempts: 3, retry: { firstSeconds: 60, slowestSeconds: 3_600 } },
  'destroy-records': { queue: 'oversight', attempts: 3, retry: { firstSeconds: 60, slowestSeconds: 3_600 } },
  'send-webhooks': { queue: 'webhooks', attempts: 4, retry: { firstSeconds: 5, slowestSeconds: 300 } },
} as const satisfies { readonly [N in JobName]: JobPolicy };

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

/**
 * The handler of each job: one for every name, or it does not compile. A handler works in the transaction that marks its
 * job complete, so its effect on the database happens once however often the job is delivered.
 */
export type JobHandlers = {
  readonly [N in JobName]: (payload: JobPayloads[N], tx: Transaction) => Promise<void>;
};

/** @throws Error naming the jobs without a handler; a worker that lacks one must not start */
export function assertEveryJobHasAHandler(handlers: Partial<JobHandlers>): asserts handlers is JobHandlers {
  const missing = Object.keys(JOBS).filter((name) => isJobName(name) && typeof handlers[name] !== 'function');
  if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
}

/** Nest's token of the {@link JobHandlers} of a worker. */
export const JOB_HANDLERS = Symbol('the handler of each job');
