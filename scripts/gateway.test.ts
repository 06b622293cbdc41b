import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSubgraphs, createGateway } from '@waybill/gateway/index.js';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { testTerminal } from './command-line/testing.js';
import type { Flags } from './gateway/flags.js';
import { gatewayOptions } from './gateway/gateway-options.js';
import { gatewayCommand } from './gateway.js';

const SILENT = { info() {}, warn() {}, error() {} };
const typeDefs = parse('type Query { a: ID }');
const LONE = composeSubgraphs([{ name: 'lone', typeDefs }]);
const KNOWN = composeSubgraphs([{ name: 'known', typeDefs, url: 'http://127.0.0.1:9/graphql' }]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-flags-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function called(...argv: string[]) {
  const terminal = testTerminal(...argv);
  const exitCode = await gatewayCommand(terminal);
  expect(terminal.stdout).toBe('');
  return { exitCode, stderr: terminal.stderr };
}

describe('npm run gateway refuses with 2', () => {
  const sdl = () => file('supergraph.graphql', KNOWN);

  it.each<[parameters: string[], says: RegExp]>([
    [[], /^error: it is not said who may ask: give --jwks <url>, or --open/],
    [['--open', '--jwks', 'http://a'], /'--open' cannot be used with option '--jwks/],
    [['--open', '--jwt-issuer', 'a'], /nobody needs a token with --open/],
    [['--open', '--port', '65536'], /whole number from 0 to 65535/],
    [['--open', '--pipelining', '0'], /whole number from 1 to 99/],
    [['--open', '--subgraph', 'known'], /like reviews=http/],
    [['--open', '--subgraph', 'known=localhost:1'], /begin with http/],
    [['--open', '--forward-header', 'Host'], /"host" cannot be passed on/],
    [['--open', '--subgraph', 'knwon=http://a'], /no subgraph is called knwon: there are known/],
    [['--open', '--operations', 'no.json'], /no\.json: there is no such file\n$/],
  ])('%j', async (parameters, says) => {
    const { exitCode, stderr } = await called('--supergraph', sdl(), ...parameters);
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(2);
  });

  it('no supergraph, or one that is not there', async () => {
    const missing = await called('--open');
    expect(missing.stderr).toMatch(
      /^error: it is not said what to serve: give --supergraph <file>/,
    );
    const nowhere = await called('--open', '--supergraph', 'no.graphql');
    expect(nowhere.stderr).toBe('error: no.graphql: there is no such file\n');
    expect([missing.exitCode, nowhere.exitCode]).toEqual([2, 2]);
  });

  it.each([
    ['{', /JSON/],
    ['{"a":1}', /"a" has no text/],
    ['[]', /no text/],
    ['null', /no text/],
    ['{"operations":[{"id":"x"}]}', /"x" has no text/],
  ])('the operations %s', async (content, says) => {
    const operations = file('operations.json', content);
    const asked = ['--open', '--supergraph', sdl(), '--operations', operations];
    const { exitCode, stderr } = await called(...asked);
    expect(stderr).toMatch(/^error: .+operations\.json: [^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(2);
  });
});

describe('npm run gateway ends with 1', () => {
  it.each([
    ['type Query { a: ID }', /must be a core schema\n$/],
    [LONE, /at which http url the subgraph lone is: give --subgraph <name>=<url>\n$/],
  ])('for a supergraph that cannot be served: %#', async (content, says) => {
    const supergraph = file('odd.graphql', content);
    const { exitCode, stderr } = await called('--open', '--supergraph', supergraph);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(1);
  });

  it('when it may not listen there', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const supergraph = file('supergraph.graphql', KNOWN);
    const { exitCode, stderr } = await called('--open', '--supergraph', supergraph, '--port', port);
    expect(stderr).toBe(`error: port ${port} is in use: stop what uses it or set --port\n`);
    expect(exitCode).toBe(1);
  });
});

describe('the gateway that is asked for', () => {
  const gatewayFor = async (flags: Partial<Flags>) => {
    const supergraph = file('supergraph.graphql', KNOWN);
    const common = {
      ...{ supergraph, subgraph: {}, host: '', port: 0 },
      ...{ forwardHeader: [], pipelining: 1 },
    };
    const gateway = await createGateway(gatewayOptions({ ...common, ...flags }, SILENT));
    onTestFinished(() => gateway.close());
    return gateway;
  };
  const codeOf = async (query: string, flags: Partial<Flags>) => {
    const { errors } = await (await gatewayFor(flags)).execute({ query });
    return errors?.[0]?.extensions.code;
  };
  const aliases = `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: __typename`).join(' ')} }`;
  const introspection = '{ __schema { queryType { name } } }';

  it('limits what is asked, and does not show its schema', async () => {
    const flags = { jwks: 'http://127.0.0.1:9/jwks.json' };
    expect(await codeOf(aliases, flags)).toBe('MAX_ALIASES_LIMIT');
    expect(await codeOf(introspection, flags)).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('does neither when it is open', async () => {
    expect(await codeOf(aliases, { open: true })).toBeUndefined();
    expect(await codeOf(introspection, { open: true })).toBeUndefined();
  });
});
