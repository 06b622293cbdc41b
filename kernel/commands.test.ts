import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandClient, localCommands, remoteCommands } from './commands.js';
import { silentLog } from './log.js';
import { type SubgraphServer, serveSubgraph } from './subgraph-server.js';
import { type GreetingCommands, greetings } from './testing/greetings.js';

const subgraph = greetings();
const secret = 'secret';
let server: SubgraphServer;
beforeAll(async () => {
  server = await serveSubgraph(subgraph, { port: 0, secret, log: silentLog });
});
afterAll(() => server.close());
beforeEach(() => void subgraph.batches.splice(0));

type Client = CommandClient<GreetingCommands>;
const remote = (changes: object = {}): Client =>
  remoteCommands<GreetingCommands>({ url: server.url, secret, service: 'test', ...changes });

describe.each<[string, () => Client]>([
  ['in this process', () => localCommands<GreetingCommands>(subgraph.commands)],
  ['in another process', () => remote()],
])('commands of a subgraph %s', (_name, clientOf) => {
  it('are answered, with null too', async () => {
    const client = clientOf();
    expect(await client.greet({ name: 'Ada' })).toEqual({ text: 'Hello Ada' });
    expect(await client.greet({ name: 'ghost' })).toBe(null);
  });

  it('that are sent together travel together, and come back each to its caller', async () => {
    const client = clientOf();
    const names = Array.from({ length: 100 }, (_, i) => `${i}`);
    const answers = await Promise.all(names.map((name) => client.greet({ name })));
    expect(answers.map((answer) => answer?.text)).toEqual(names.map((name) => `Hello ${name}`));
    expect(subgraph.batches.map(({ length }) => length)).toEqual([64, 36]);
  });

  it('that fail, fail alone', async () => {
    const client = clientOf();
    const results = await Promise.allSettled(
      ['Ada', '', 'Bob'].map((name) => client.greet({ name })),
    );
    expect(results).toMatchObject([
      { value: { text: 'Hello Ada' } },
      { reason: { message: 'nobody to greet' } },
      { value: { text: 'Hello Bob' } },
    ]);
  });

  it('of a batch that fails are tried one by one', async () => {
    const client = clientOf();
    const results = await Promise.allSettled(['Ada', 'all'].map((name) => client.greet({ name })));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a client of another process', () => {
  it('fails where the secret is another one', async () => {
    await expect(remote({ secret: 'other' }).greet({ name: 'Ada' })).rejects.toThrow('401');
  });

  it('fails where nobody listens', async () => {
    await expect(remote({ url: 'http://127.0.0.1:1' }).greet({ name: 'Ada' })).rejects.toThrow();
  });

  it('fails where there is no such command', async () => {
    const client = remote() as Client & { sing(input: object): Promise<unknown> };
    await expect(client.sing({})).rejects.toThrow('404');
  });

  it('can be awaited without being taken for a promise', async () => {
    expect(await (await remote()).greet({ name: 'Ada' })).toEqual({ text: 'Hello Ada' });
  });
});
