import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { context, diag, propagation, trace } from '@opentelemetry/api';
import { createLog, type Log } from '@waybill/kernel/log.js';
import { inSpan, traceIn, tracer } from '@waybill/kernel/tracing.js';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { shareTracingSettings, startTracing } from './tracing.js';

afterEach(() => {
  vi.unstubAllEnvs();
  for (const api of [trace, context, propagation, diag]) api.disable();
});

function memoryLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLog('test', { level: 'warn', pretty: false, destination }), lines };
}

/** Answers what was sent to it. */
async function collector(status = 200) {
  const received: unknown[] = [];
  const server = createServer(async (request, response) => {
    received.push([request.url, await json(request)]);
    response.writeHead(status).end('{}');
  }).listen(0);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

describe('tracing', () => {
  it.each([
    ['no collector is named', {}],
    ['the SDK is disabled', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_SDK_DISABLED: 'true' }],
    ['nothing exports', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_TRACES_EXPORTER: 'none' }],
  ])('stays off where %s', async (_why, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await startTracing('test', memoryLog().log);
    expect(tracer()).toBeUndefined();
  });

  it('sends the last spans when it ends, under the names that the environment gives', async () => {
    const { url, received } = await collector();
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=night');
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', undefined);
    onTestFinished(() => void delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
    shareTracingSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: url, PATH: '/nowhere' });
    expect(process.env.PATH).not.toBe('/nowhere');
    const end = await startTracing('test', memoryLog().log);
    await inSpan('work', { parent: traceIn({}) }, async () => {});
    await end();
    const attributes = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    expect(received).toMatchObject([
      [
        '/v1/traces',
        {
          resourceSpans: [
            {
              resource: {
                attributes: expect.arrayContaining([
                  attributes('service.name', 'test'),
                  attributes('deployment.environment.name', 'night'),
                ]),
              },
              scopeSpans: [{ spans: [{ name: 'work' }] }],
            },
          ],
        },
      ],
    ]);
  });

  it('goes on, and says so, where the collector refuses', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', (await collector(400)).url);
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '1');
    const { log, lines } = memoryLog();
    const end = await startTracing('test', log);
    await inSpan('work', { parent: traceIn({}) }, async () => {});
    await expect.poll(() => lines.join()).toContain('Traces could not be sent');
    await end();
  });
});
