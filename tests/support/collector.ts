import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An OpenTelemetry collector that keeps the spans it is sent. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  /** Each span of a trace as its ancestors' names and its own, outermost first, such as `a > b`. */
  lineagesOf(traceId: string): string[];
  /** The services that had a part in a trace. */
  servicesOf(traceId: string): string[];
  close(): Promise<void>;
}

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  service: string;
}

/** What is read of OTLP's `ExportTraceServiceRequest` in JSON. */
interface Exported {
  resourceSpans: Array<{
    resource: { attributes: Array<{ key: string; value: { stringValue?: string } }> };
    scopeSpans: Array<{ spans: Array<Omit<Span, 'service'>> }>;
  }>;
}

export async function startCollector(): Promise<Collector> {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    const taken = request.method === 'POST' && request.url === '/v1/traces';
    if (taken) spans.push(...(await spansIn(request)));
    response.writeHead(taken ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ofTrace = (traceId: string) => spans.filter((span) => span.traceId === traceId);
  return {
    url: `http://localhost:${port}`,
    lineagesOf: (traceId) => lineages(ofTrace(traceId)),
    servicesOf: (traceId) => [...new Set(ofTrace(traceId).map(({ service }) => service))].sort(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function spansIn(request: IncomingMessage): Promise<Span[]> {
  const { resourceSpans } = (await json(request)) as Exported;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const name = resource.attributes.find(({ key }) => key === 'service.name');
    const service = name?.value.stringValue ?? '';
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })));
  });
}

function lineages(spans: readonly Span[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const lineage = ({ name, parentSpanId = '' }: Span): string => {
    const parent = byId.get(parentSpanId);
    return parent ? `${lineage(parent)} > ${name}` : name;
  };
  return spans.map(lineage).toSorted();
}
