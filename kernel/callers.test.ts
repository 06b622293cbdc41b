import { ROOT_CONTEXT } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batched } from './batch.js';
import { asCaller, traceparentOf } from './callers.js';
import { type CommandClient, localCommands, remoteCommands } from './commands.js';
import { silentLog } from './log.js';
import { type SubgraphServer, serveSubgraph } from './subgraph-server.js';
import { type GreetingCommands, greetings } from './testing/greetings.js';
import { lineages, type RecordedSpans, recordSpans } from './testing/tracing.js';
import { inSpan, traceHeaders } from './tracing.js';

let spans: RecordedSpans;
beforeEach(() => {
  spans = recordSpans();
});
afterEach(() => spans.stop());

const caller = <Result>(name: string, work: () => Promise<Result>) =>
  inSpan(name, { parent: ROOT_CONTEXT }, work);

const traceIds = (name: string) =>
  spans
    .ended()
    .filter((span) => span.name === name)
    .map((span) => span.spanContext().traceId);

describe('a batch of several callers', () => {
  it('knows the trace of each of its inputs', async () => {
    const seen: Array<string | undefined> = [];
    const call = batched(async (inputs: Array<{ name: string }>) => {
      seen.push(...inputs.map(traceparentOf));
      return inputs.map((input) => asCaller(input, () => traceHeaders().traceparent));
    });
    const answers = await Promise.all(
      ['a', 'b'].map((name) =>
        caller(name, async () => [await call({ name }), traceHeaders().traceparent]),
      ),
    );
    expect(answers.map(([answer]) => answer)).toEqual(answers.map(([, own]) => own));
    expect(seen).toEqual(answers.map(([answer]) => answer));
    expect(new Set(seen).size).toBe(2);
  });

  it('is part of no earlier trace', async () => {
    let end = () => {};
    const traces: unknown[] = [];
    const call = batched(async (inputs: object[]) => {
      traces.push(traceHeaders().traceparent);
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return inputs;
    });
    const first = caller('first', () => call({}));
    await expect.poll(() => traces.length).toBe(1);
    const second = call({});
    end();
    await first;
    await expect.poll(() => traces.length).toBe(2);
    end();
    await second;
    expect(traces[0]).toBeDefined();
    expect(traces[1]).toBe(undefined);
  });
});

describe('commands', () => {
  const subgraph = greetings();
  const secret = 'secret';
  let server: SubgraphServer;
  beforeAll(async () => {
    server = await serveSubgraph(subgraph, { port: 0, secret, log: silentLog });
  });
  afterAll(() => server.close());

  it('in this process are spans of their callers', async () => {
    const client = localCommands<GreetingCommands>(subgraph.commands);
    await Promise.all(['a', 'b'].map((name) => caller(name, () => client.greet({ name }))));
    expect(lineages(spans.ended())).toEqual(['a', 'a > command greet', 'b', 'b > command greet']);
  });

  const remote = (): CommandClient<GreetingCommands> =>
    remoteCommands<GreetingCommands>({ url: server.url, secret, service: 'test' });

  it('in another process go on in the trace of each caller, though they travel together', async () => {
    const client = remote();
    subgraph.batches.splice(0);
    await Promise.all(['a', 'b'].map((name) => caller(name, () => client.greet({ name }))));
    expect(subgraph.batches).toHaveLength(1);
    expect(lineages(spans.ended())).toEqual(
      ['a', 'b'].flatMap((name) => [
        name,
        `${name} > command greet`,
        `${name} > command greet > command greet`,
      ]),
    );
    expect(traceIds('command greet').toSorted()).toEqual(
      [...traceIds('a'), ...traceIds('a'), ...traceIds('b'), ...traceIds('b')].toSorted(),
    );
  });

  it('that fail mark their own spans only', async () => {
    const client = remote();
    await Promise.allSettled(
      ['Ada', ''].map((name) => caller(`to ${name}`, () => client.greet({ name }))),
    );
    const failed = spans.ended().filter((span) => span.attributes['error.type']);
    expect(lineages(failed)).toEqual([
      'to ',
      'to  > command greet',
      'to  > command greet > command greet',
    ]);
  });

  it('of nobody who is traced are not traced', async () => {
    await remote().greet({ name: 'Ada' });
    expect(spans.ended()).toEqual([]);
  });
});
