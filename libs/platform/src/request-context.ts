import { AsyncLocalStorage } from 'node:async_hooks';

/** The id that the log lines and audit entries of one request, or of one job, have in common. */
export interface RequestContext {
  readonly requestId: string;
  /** The trace that the caller says the request is of: 32 hexadecimal digits (W3C Trace Context). */
  readonly traceId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs work, asynchronous work included, in which {@link currentRequestId} returns the id of this context. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The id of the request or job for which the code runs; null outside of both. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}

/** The trace of the request for which the code runs; null where its caller named none. */
export function currentTraceId(): string | null {
  return storage.getStore()?.traceId ?? null;
}

/** The context itself: one object for each request or job; null outside of both. */
export function currentRequest(): RequestContext | null {
  return storage.getStore() ?? null;
}
