import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ConnectionLostError, type DataSource } from '../data-sources/data-source.js';
import { prepareOperation } from '../planning/prepare-operation.js';
import { deadSource } from '../testing/graph.js';
import { parsePrometheusText } from '../testing/prometheus-text.js';
import { prometheusText } from './prometheus-text.js';
import { SubgraphMetrics } from './subgraph-metrics.js';

const request = {
  operation: prepareOperation('subscription { tick }', undefined),
  variables: {},
  context: { identity: ANONYMOUS, requestId: '' },
};

/** A source whose streams have one event and then end as told. */
function ticking(end: () => void): DataSource {
  async function* events() {
    yield { data: { tick: 1 } };
    end();
  }
  return { ...deadSource, subscribe: async () => events() };
}

function measured(source: DataSource) {
  const registry = new Registry();
  const watched = new SubgraphMetrics(registry).source('clock', source);
  const read = async (name: string) => {
    const family = parsePrometheusText(await prometheusText(registry)).get(name);
    return family?.samples
      .filter(({ value }) => value !== 0)
      .map(({ labels, value }) => [labels.outcome ?? labels.reason ?? labels.subgraph, value]);
  };
  const open = async () => {
    const opened = await watched.subscribe(request);
    if (!(Symbol.asyncIterator in opened)) throw new Error('refused');
    return opened[Symbol.asyncIterator]();
  };
  return { read, open };
}

const OPEN = 'gateway_upstream_subscriptions';
const OPENED = 'gateway_upstream_subscriptions_opened_total';
const ENDED = 'gateway_upstream_subscriptions_ended_total';

describe('the streams of a subgraph', () => {
  it.each([
    ['completed', () => {}],
    [
      'lost',
      () => {
        throw new ConnectionLostError();
      },
    ],
    [
      'failed',
      () => {
        throw new Error('out of ticks');
      },
    ],
  ])('count as open until they are %s', async (reason, end) => {
    const { read, open } = measured(ticking(end));
    const stream = await open();
    expect(await stream.next()).toEqual({ done: false, value: { data: { tick: 1 } } });
    expect(await read(OPEN)).toEqual([['clock', 1]]);
    await stream.next().catch(() => {});
    expect(await read(OPEN)).toEqual([]);
    await stream.return?.();
    expect([await read(OPENED), await read(ENDED)]).toEqual([[['ok', 1]], [[reason, 1]]]);
  });

  it('count as left when nobody wants them any more', async () => {
    const { read, open } = measured(ticking(() => {}));
    await (await open()).return?.();
    expect([await read(OPEN), await read(ENDED)]).toEqual([[], [['left', 1]]]);
  });

  it('count as failed when they do not open, and as refused when they are', async () => {
    const dead = measured(deadSource);
    await expect(dead.open()).rejects.toThrow('ECONNREFUSED');
    expect(await dead.read(OPENED)).toEqual([['failed', 1]]);
    const refusing = measured({ ...deadSource, subscribe: async () => ({ errors: [] }) });
    await expect(refusing.open()).rejects.toThrow('refused');
    expect([await refusing.read(OPENED), await refusing.read(OPEN)]).toEqual([
      [['refused', 1]],
      [],
    ]);
  });
});
