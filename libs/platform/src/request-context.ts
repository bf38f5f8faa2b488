import { AsyncLocalStorage } from 'node:async_hooks';

/** What joins the log lines and audit entries of one request or one job. */
export interface RequestContext {
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The id of the request or job being worked on; null outside one. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}
