import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Gateway, httpSource } from '@waybill/gateway/index.js';
import { accounts } from '@waybill/gateway/testing/accounts.js';
import { graphOf, testGateway } from '@waybill/gateway/testing/graph.js';
import { Journal, journal } from '@waybill/gateway/testing/journal.js';
import { acknowledgedSocket, type RawSocket } from '@waybill/gateway/testing/raw-socket.js';
import { SECRET } from '@waybill/gateway/testing/serve-subgraph.js';
import { ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalProcessOptions } from '../support/journal-process.js';

const ENTRIES = 'subscription { entries { text author { name } } }';

/** A journal in a process of its own, whose entries outlive it as those of a database do. */
class JournalProcess {
  readonly #entries: string[] = [];
  #child: ChildProcess | undefined;
  url = '';

  async start(): Promise<void> {
    const port = Number(new URL(this.url || 'http://localhost:0').port || 0);
    const options: JournalProcessOptions = { port, entries: this.#entries };
    const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
    const source = ['--conditions=source', '--import', file('../support/run-source.mjs')];
    const script = file('../support/journal-process.ts');
    const child = spawn(process.execPath, [...source, script, JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    [this.url] = (await once(child, 'message')) as [string];
  }

  append(text: string): void {
    this.#entries.push(text);
    this.#child?.send(text);
  }

  /** Ends it as a crash does: nobody is told anything. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.kill('SIGKILL')) await once(child, 'exit');
  }
}

describe.each([
  ['a socket for each caller', false],
  ['one socket for all callers', true],
])('a subgraph whose process is killed and started again, %s', (_, multiplex) => {
  const process = new JournalProcess();
  let gateway: Gateway;
  let url: string;
  beforeEach(async () => {
    await process.start();
    const source = httpSource({
      url: process.url,
      multiplex,
      headersFor: (identity) => ({ [ASSERTION_HEADER]: signAssertion(identity, SECRET) }),
    });
    ({ gateway } = await testGateway(
      {
        dataSources: { journal: source },
        authenticate: ({ authorization = '' }) => ({
          ...{ kind: 'user', userId: authorization, roles: [] },
        }),
      },
      graphOf([accounts(), journal(new Journal())]),
    ));
    ({ url } = await gateway.listen(0));
  });
  afterEach(async () => {
    await gateway.close();
    await process.kill();
  });

  it('leaves no gap and no duplicate, whether subscribers share an upstream or not', async () => {
    const sockets = [
      await acknowledgedSocket(url, { token: 'ada' }),
      await acknowledgedSocket(url, { token: 'ada' }),
      await acknowledgedSocket(url, { token: 'alan' }),
    ];
    for (const socket of sockets) socket.subscribe('1', ENTRIES);
    const texts: string[] = [];
    const append = (count: number) => {
      for (let i = 0; i < count; i += 1) {
        texts.push(`entry ${texts.length}`);
        process.append(texts.at(-1) as string);
      }
    };
    const seen = sockets.map(() => 0);
    const readAll = () =>
      Promise.all(
        sockets.map(async (socket, index) => {
          for (; (seen[index] ?? 0) < texts.length; seen[index] = (seen[index] ?? 0) + 1) {
            await expectEntry(socket, texts[seen[index] ?? 0]);
          }
        }),
      );
    append(3);
    await readAll();
    for (const whileAway of [0, 2, 5]) {
      // Some are on their way when it dies.
      append(4);
      await process.kill();
      append(whileAway);
      await process.start();
      append(2);
      await readAll();
    }
    for (const socket of sockets) {
      socket.send({ type: 'ping' });
      expect(await socket.next()).toEqual({ type: 'pong' });
    }
  });
});

async function expectEntry(socket: RawSocket, text: string | undefined): Promise<void> {
  expect(await socket.next()).toEqual({
    ...{ id: '1', type: 'next' },
    payload: { data: { entries: { text, author: { name: 'Ada Lovelace' } } } },
  });
}
