import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Registers a tracer that exports by OTLP over HTTP; `service` is what traces call us unless the environment says. */
export function openTelemetry(service: string): NodeTracerProvider {
  const named = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'waybill' });
  const provider = new NodeTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return provider;
}
