import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readFlags } from '../flags.js';
import { PROJECT_ROOT } from '../paths.js';
import type { GeneratedFile } from './generated-file.js';

const HELP = `npm run generate [-- --check]    writes every generated file; with --check writes nothing and fails where
                                 one is not what it would write
`;

const { check } = readFlags(HELP, ['check']);

// After the flags were read: they load every schema and its generators.
const { envExample } = await import('../env-example.js');
const { contracts } = await import('./contracts.js');
const { errorCodes } = await import('./error-codes.js');
const { operationFiles } = await import('./operations.js');

try {
  const { api, files } = await contracts();
  await settle([...files, errorCodes(api), { path: '.env.example', text: envExample() }]);
  // Last, so that an operation that does not fit the new schema finds it written.
  await settle(await operationFiles(PROJECT_ROOT, api));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function settle(files: GeneratedFile[]): Promise<void> {
  for (const file of files) {
    if ((await current(file)) === file.text) continue;
    if (check) complain(file);
    else await write(file);
  }
}

async function current({ path }: GeneratedFile): Promise<string | undefined> {
  return readFile(join(PROJECT_ROOT, path), 'utf8').catch(() => undefined);
}

function complain({ path }: GeneratedFile): void {
  console.error(`${path} is not up to date: run npm run generate`);
  process.exitCode = 1;
}

async function write({ path, text }: GeneratedFile): Promise<void> {
  const target = join(PROJECT_ROOT, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  console.log(`wrote ${path}`);
}
