import { describe, expect, it, onTestFinished } from 'vitest';
import { accounts } from './testing/accounts.js';
import { graphOf, inProcess } from './testing/graph.js';
import { Journal, journal } from './testing/journal.js';
import { journalInProcess, journalOverHttp } from './testing/journal-gateway.js';
import { acknowledgedSocket } from './testing/raw-socket.js';

const ENTRIES = 'subscription { entries { text author { name } } }';
const said = (text: string) => ({
  ...{ id: '1', type: 'next' },
  payload: { data: { entries: { text, author: { name: 'Ada Lovelace' } } } },
});

describe.each([
  ['in process', journalInProcess],
  ['over HTTP and WebSocket', journalOverHttp],
] as const)('a subscription to a subgraph %s', (_, start) => {
  async function running() {
    const served = await start();
    onTestFinished(served.close);
    const { url } = await served.gateway.listen(0);
    const raw = await acknowledgedSocket(url);
    raw.subscribe('1', ENTRIES);
    served.journal.append('one');
    expect(await raw.next()).toEqual(said('one'));
    return { ...served, raw };
  }

  it('goes on over changed versions of the supergraph, each event complete', async () => {
    const { gateway, journal: kept, raw } = await running();
    for (const text of ['two', 'three', 'four']) {
      await gateway.reload({
        supergraph: graphOf([accounts(), journal(new Journal())]).supergraph,
      });
      kept.append(text);
      expect(await raw.next()).toEqual(said(text));
    }
    expect(kept.subscriptions).toBe(1);
  });

  it('goes on when the subgraph of its events, or of their rest, is not in the next version', async () => {
    const { gateway, journal: kept, raw } = await running();
    for (const rest of [[accounts()], [journal(new Journal())]]) {
      await gateway.reload({ supergraph: graphOf(rest).supergraph });
      kept.append(rest[0]?.name ?? '');
      expect(await raw.next()).toEqual(said(rest[0]?.name ?? ''));
    }
    raw.send({ id: '1', type: 'complete' });
    await expect.poll(() => kept.readers.size).toBe(0);
  });

  it('and one begun after the reload, which asks a new source, live side by side', async () => {
    const { gateway, journal: kept, raw } = await running();
    const moved = new Journal();
    const other = journal(moved);
    await gateway.reload({
      supergraph: graphOf([accounts(), other]).supergraph,
      dataSources: { journal: inProcess(other) },
    });
    raw.subscribe('2', ENTRIES);
    moved.append('from the new one');
    expect(await raw.next()).toEqual({ ...said('from the new one'), id: '2' });
    kept.append('from the former one');
    expect(await raw.next()).toEqual(said('from the former one'));
  });
});
