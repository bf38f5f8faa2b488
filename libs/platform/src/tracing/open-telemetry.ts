import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { BeginSpan } from './span.ts';

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL } as const;
/** What is not sent yet when a process is killed is lost: a second of it. */
const SENT_EVERY_MS = 1_000;

/**
 * Sends spans to a collector by OTLP over HTTP, every second, apart from the work that they tell of. A collector that is
 * away costs spans and nothing else.
 *
 * @param app the name of the app
 * @param endpoint the address of the collector, to which `/v1/traces` is added
 */
export function openTelemetry(app: string, endpoint: string): BeginSpan {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `mash-${app}`, 'service.namespace': 'mash' }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: SENT_EVERY_MS })],
  });
  const tracer = provider.getTracer('mash');
  return ({ name, kind, attributes, parent }) => {
    const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, contextOf(parent));
    const { traceId, spanId, traceFlags } = span.spanContext();
    return {
      traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
      end: ({ name: told, attributes: more = {}, error = null }) => {
        if (told !== undefined) span.updateName(told);
        span.setAttributes(more);
        if (error !== null) span.setAttribute('error.type', error).setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  };
}

/** Every span is told, also where the caller asks for none: the flag is the caller's, and the trace is the hub's. */
function contextOf(parent: string | null): Context {
  if (parent === null) return ROOT_CONTEXT;
  const [, traceId, spanId] = parent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: traceId!, spanId: spanId!, traceFlags: 1, isRemote: true });
}
