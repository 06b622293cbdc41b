import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { spawnFile } from '@waybill/deploy/testing/spawned-start.js';
import { SUPERGRAPH_ERROR_CODES } from '@waybill/gateway/index.js';
import { servedForeignGraph } from '@waybill/gateway/testing/foreign-graph.js';
import { post } from '@waybill/gateway/testing/http.js';
import { servedIssuer } from '@waybill/gateway/testing/issuer.js';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

const page = readFileSync(join(PROJECT_ROOT, 'docs', 'gateway.md'), 'utf8');
const examples = Array.from(page.matchAll(/```ts\n(.*?)```/gs), ([, code = '']) => code);

/** Where packages are found as from the project itself. */
const cache = join(PROJECT_ROOT, 'node_modules', '.cache');
let folder: string;
beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'examples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs an example of the page as it stands there; resolves with the address that it prints. */
async function served(example: string | undefined, settings: Record<string, string> = {}) {
  const file = join(folder, 'example.mjs');
  writeFileSync(file, `process.chdir(import.meta.dirname);\n${example}`);
  const running = spawnFile(relative(PROJECT_ROOT, file), { PORT: '0', ...settings });
  onTestFinished(() => void running.child.kill('SIGKILL'));
  await running.wrote('/graphql\n');
  return /GraphQL at (\S+)/.exec(running.output())?.[1] ?? '';
}

it('the first example answers', async () => {
  const url = await served(examples[0]);
  const { body } = await post(url, { query: '{ hello(name: "you") }' });
  expect(body).toEqual({ data: { hello: 'Hello, you' } });
});

it('the second example answers those with a token, and passes it on', async () => {
  const [graph, issuer] = await Promise.all([servedForeignGraph(), servedIssuer()]);
  onTestFinished(async () => void (await Promise.all([graph.close(), issuer.close()])));
  writeFileSync(join(folder, 'supergraph.graphql'), graph.supergraph);
  const url = await served(examples[1], { JWKS: issuer.jwks });
  const query = { query: '{ myToken }' };
  expect((await post(url, query)).status).toBe(401);
  const authorization = `Bearer ${await issuer.token()}`;
  expect((await post(url, query, { authorization })).body.data).toEqual({ myToken: authorization });
});

it('names every option of the command, and every code', () => {
  const flags = readFileSync(join(PROJECT_ROOT, 'scripts/gateway/flags.ts'), 'utf8');
  const options = Array.from(flags.matchAll(/'(--[a-z-]+ ?[^ ']*)'/g), ([, option = '']) => option);
  expect(options.length).toBeGreaterThan(10);
  for (const option of options) expect(page).toContain(option);
  for (const code of Object.keys(SUPERGRAPH_ERROR_CODES)) expect(page).toContain(`\`${code}\``);
});
