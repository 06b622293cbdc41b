import { context, propagation, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';

export interface RecordedSpans {
  /** Spans that have ended, in the order in which they did. */
  ended(): ReadableSpan[];
  stop(): Promise<void>;
}

/** Sets OpenTelemetry up in this process, and keeps every span. */
export function recordSpans(): RecordedSpans {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  return {
    ended: () => exporter.getFinishedSpans(),
    stop: async () => {
      for (const api of [trace, context, propagation]) api.disable();
      await provider.shutdown();
    },
  };
}

/** Each span as its ancestors' names and its own, outermost first, such as `a > b`. */
export function lineages(spans: ReadableSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const lineage = (span: ReadableSpan): string => {
    const parent = byId.get(span.parentSpanContext?.spanId ?? '');
    return parent ? `${lineage(parent)} > ${span.name}` : span.name;
  };
  return spans.map(lineage).toSorted();
}
