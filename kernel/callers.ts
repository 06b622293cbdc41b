import { type Context, context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { failSpan, traceHeaders, traceIn, tracer } from './tracing.js';

/**
 * Work of several callers is done in one batch, and each of its inputs goes on in the trace of its own caller: here
 * stands which. Empty as long as nothing is traced.
 */
const callers = new WeakMap<object, Context>();

/** Remembers that `input` was handed in by what runs at present, or by `caller`. */
export function rememberCaller(input: unknown, caller?: Context): void {
  if (!tracer() || typeof input !== 'object' || input === null) return;
  callers.set(input, caller ?? context.active());
}

/** The trace of whoever handed `input` in; of whatever runs at present where nobody remembered. */
export function callerOf(input: unknown): Context {
  return callers.get(input as object) ?? context.active();
}

/** Does something about `input` in the trace of whoever handed it in. */
export function asCaller<Result>(input: unknown, work: () => Result): Result {
  const caller = callers.get(input as object);
  return caller ? context.with(caller, work) : work();
}

/** The trace in which the events go on that `input` sets off. */
export function traceparentOf(input: unknown): string | undefined {
  return traceHeaders(callerOf(input)).traceparent;
}

/** A header of ours: the trace of each input of a batch, in its order, separated by commas. */
const CALLERS_HEADER = 'x-waybill-callers';

/** Tells the process that a batch goes to whose inputs these are. */
export function callersHeader(inputs: unknown[]): Record<string, string> {
  return tracer() ? { [CALLERS_HEADER]: inputs.map(traceparentOf).join() } : {};
}

/** Runs a batch that came from another process, as one span in the trace of each caller. */
export async function forCallers<Output>(
  name: string,
  inputs: unknown[],
  headers: NodeJS.Dict<string | string[]>,
  work: () => Promise<Array<Output | Error>>,
): Promise<Array<Output | Error>> {
  const spans = spansOf(name, inputs, String(headers[CALLERS_HEADER] ?? ''));
  try {
    const outputs = await asCaller(inputs[0], work);
    outputs.forEach((output, i) => {
      const span = spans[i];
      if (span && output instanceof Error) failSpan(span, output);
    });
    return outputs;
  } catch (error) {
    for (const span of spans) if (span) failSpan(span, error);
    throw error;
  } finally {
    for (const span of spans) span?.end();
  }
}

/** None where nothing is traced, and none for a caller outside of any trace. */
function spansOf(name: string, inputs: unknown[], callers: string): Array<Span | undefined> {
  const tracing = tracer();
  if (!tracing || !callers) return [];
  const traceparents = callers.split(',');
  return inputs.map((input, i) => {
    if (!traceparents[i]) return undefined;
    const parent = traceIn({ traceparent: traceparents[i] });
    const options = { kind: SpanKind.SERVER, attributes: { 'rpc.method': name } };
    const span = tracing.startSpan(`command ${name}`, options, parent);
    rememberCaller(input, trace.setSpan(parent, span));
    return span;
  });
}
