import { AsyncLocalStorage } from 'node:async_hooks';
import { traceparentOf } from '../trace-of.ts';

/** What a span says: ids, codes and counts. A name, a body or a statement with its values is none of them. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** A piece of work of which the time is told. */
export interface Span {
  /** By which others become its children, in this process and in another (W3C Trace Context). */
  readonly traceparent: string;
  /** @param error the class of what went wrong, never its text, which may hold personal data */
  end(told: { readonly name?: string; readonly attributes?: SpanAttributes; readonly error?: string | null }): void;
}

/** What is known of a span when it begins. */
export interface SpanBegun {
  readonly name: string;
  readonly kind: 'server' | 'consumer' | 'internal';
  readonly attributes: SpanAttributes;
  /** A `traceparent`; null for a span that begins a trace. */
  readonly parent: string | null;
}

/** Begins spans: what exports them is loaded only where an address for them is set. */
export type BeginSpan = (begun: SpanBegun) => Span;

let begin: BeginSpan | null = null;
const within = new AsyncLocalStorage<Span>();

/** Lets this process tell of its spans from now on; null ends that. */
export function traceWith(beginSpan: BeginSpan | null): void {
  begin = beginSpan;
}

/** The `traceparent` of the span in which the code runs; null outside of all. */
export function currentTraceparent(): string | null {
  return within.getStore()?.traceparent ?? null;
}

/**
 * Begins the span of a request, and runs work in it.
 *
 * @param traceparent as the caller sent it; one that is none counts as missing
 * @param work gets the span, which it ends; null where no span is told
 */
export function inRequestSpan<T>(traceparent: string | undefined, method: string, work: (span: Span | null) => T): T {
  if (begin === null) return work(null);
  const parent = traceparentOf(traceparent);
  const span = begin({ name: method, kind: 'server', attributes: { 'http.request.method': method }, parent });
  return within.run(span, () => work(span));
}

/** Runs work in a span of its own. @param begun its parent may be in another process */
export async function inSpan<T>(begun: SpanBegun, work: () => Promise<T>): Promise<T> {
  if (begin === null) return work();
  const span = begin(begun);
  try {
    const done = await within.run(span, work);
    span.end({});
    return done;
  } catch (error) {
    span.end({ error: error instanceof Error ? error.name : 'unknown' });
    throw error;
  }
}

/** Runs work in a span within the one that the code runs in; without a span outside of all: what loops do is not told. */
export function inSpanWithin<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T> {
  const parent = currentTraceparent();
  return parent === null ? work() : inSpan({ name, kind: 'internal', attributes, parent }, work);
}
