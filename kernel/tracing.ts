import {
  type Context,
  context,
  ProxyTracerProvider,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';

/**
 * The tracer of this process; undefined as long as no OpenTelemetry SDK is set up in it. Everything below then does
 * its work and nothing else, for some 20 nanoseconds.
 */
export function tracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return provider.getTracer('waybill');
  return provider.getDelegateTracer('waybill');
}

/** How a trace travels between processes, by HTTP header or with an event: W3C Trace Context. */
export interface TraceHeaders {
  traceparent?: string;
  tracestate?: string;
}

/** What `of`, by default whatever runs at present, sends along; nothing where it belongs to no trace. */
export function traceHeaders(of: Context = context.active()): TraceHeaders {
  if (of === ROOT_CONTEXT) return {};
  const headers: TraceHeaders = {};
  propagation.inject(of, headers);
  return headers;
}

/** The trace that headers or an event came with, as the parent of what they set off. */
export function traceIn(headers: object): Context {
  return propagation.extract(ROOT_CONTEXT, headers);
}

export interface SpanOfWork extends SpanOptions {
  /** What set the work off; given where a trace may begin, whereas by default it goes on with whatever runs. */
  parent?: Context;
}

/**
 * Runs `work` as a span, which ends when it settles; a rejection marks it as failed. Outside of any trace, and with no
 * parent given, there is no span: what runs by the clock alone is not traced. Nor is there one below a span of ours that
 * is not recorded: of a hundred requests of which one is sampled, the others pay for one span and not for all.
 */
export function inSpan<Result>(
  name: string,
  options: SpanOfWork,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> {
  const from = options.parent ?? context.active();
  if (from === ROOT_CONTEXT ? !options.parent : isLeftOut(from)) return work();
  const span = tracer()?.startSpan(name, options, from);
  return span ? runIn(span, from, work) : work();
}

/** Whether it has been decided here that what runs is not recorded; what comes from elsewhere is still to be decided. */
export function isLeftOut(from: Context = context.active()): boolean {
  const span = trace.getSpan(from);
  return span !== undefined && !span.isRecording() && !span.spanContext().isRemote;
}

async function runIn<Result>(
  span: Span,
  from: Context,
  work: (span?: Span) => Promise<Result>,
): Promise<Result> {
  try {
    return await context.with(trace.setSpan(from, span), work, undefined, span);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed; a database's `detail` of an error stays out, for it quotes rows. */
export function failSpan(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** For the lines of a log, by the names that OpenTelemetry gives them. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
