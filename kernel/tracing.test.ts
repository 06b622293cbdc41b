import { context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from './log.js';
import { lineages, type RecordedSpans, recordSpans } from './testing/tracing.js';
import { inSpan, traceHeaders, traceIn } from './tracing.js';

let spans: RecordedSpans | undefined;
afterEach(async () => {
  await spans?.stop();
  spans = undefined;
});

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const begun = (name: string, work: () => Promise<unknown>) =>
  inSpan(name, { parent: ROOT_CONTEXT }, work);

describe('without an OpenTelemetry SDK', () => {
  it('work is done, and nothing is sent along', async () => {
    const work = async (span: unknown) => [span, traceHeaders(), context.active()];
    expect(await inSpan('a', { parent: traceIn({ traceparent: PARENT }) }, work)).toEqual([
      undefined,
      {},
      ROOT_CONTEXT,
    ]);
  });
});

describe('with one', () => {
  it('spans are nested as their work is, across whatever is awaited', async () => {
    spans = recordSpans();
    await begun('outer', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all(['left', 'right'].map((name) => inSpan(name, {}, async () => {})));
    });
    expect(lineages(spans.ended())).toEqual(['outer', 'outer > left', 'outer > right']);
  });

  it('a trace goes on in another process', async () => {
    spans = recordSpans();
    let sent = {};
    await inSpan('received', { parent: traceIn({ traceparent: PARENT }) }, async () => {
      sent = traceHeaders();
    });
    const [span] = spans.ended();
    expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(sent).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  });

  it('a trace that is not sampled has one span here, which goes along unsampled', async () => {
    spans = recordSpans();
    const unsampled = `${PARENT.slice(0, -2)}00`;
    const contexts: unknown[] = [];
    let sent = {};
    await inSpan('received', { parent: traceIn({ traceparent: unsampled }) }, async () => {
      contexts.push(context.active());
      await inSpan('below', {}, async (span) => {
        contexts.push(context.active());
        expect(span).toBeUndefined();
        sent = traceHeaders();
      });
    });
    expect(spans.ended()).toEqual([]);
    expect(contexts[0]).not.toBe(ROOT_CONTEXT);
    expect(contexts[1]).toBe(contexts[0]);
    expect(sent).toMatchObject({
      traceparent: expect.stringMatching(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad)\w{16}-00$/),
    });
  });

  it.each(['', 'nonsense', '00-0-0-00'])(
    'a traceparent "%s" begins a trace',
    async (traceparent) => {
      spans = recordSpans();
      await inSpan('received', { parent: traceIn({ traceparent }) }, async () => {});
      expect(spans.ended()[0]?.parentSpanContext).toBe(undefined);
    },
  );

  it('what runs outside of any trace begins none', async () => {
    spans = recordSpans();
    await inSpan('by the clock', {}, async () => {});
    expect(spans.ended()).toEqual([]);
  });

  it('work that fails marks its span, and is rejected', async () => {
    spans = recordSpans();
    const failing = begun('failing', () => Promise.reject(new TypeError('no such thing')));
    await expect(failing).rejects.toThrow('no such thing');
    expect(spans.ended()).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR, message: 'no such thing' },
        attributes: { 'error.type': 'TypeError' },
      },
    ]);
  });

  it('lines of the log name the trace', async () => {
    spans = recordSpans();
    const lines: unknown[] = [];
    const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
    const log = createLog('test', { level: 'info', pretty: false, destination });
    log.info('before');
    await begun('a', async () => {
      log.info({ requestId: 'r-1' }, 'within');
      expect(trace.getActiveSpan()).toBeDefined();
    });
    const { traceId, spanId } = spans.ended()[0]?.spanContext() ?? {};
    expect(lines).toMatchObject([
      { msg: 'before' },
      { msg: 'within', requestId: 'r-1', trace_id: traceId, span_id: spanId },
    ]);
    expect(lines[0]).not.toHaveProperty('trace_id');
  });
});
