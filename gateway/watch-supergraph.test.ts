import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SILENT_LOG } from './log.js';
import { watchSupergraph } from './watch-supergraph.js';

function watchedFile() {
  const folder = mkdtempSync(join(tmpdir(), 'watched-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, 'one');
  const reloads: unknown[] = [];
  const startWatching = watchSupergraph({ supergraphFile, watch: true });
  const start = () =>
    onTestFinished(startWatching(async (source) => void reloads.push(source), SILENT_LOG));
  return { supergraphFile, reloads, start, remove: () => rmSync(supergraphFile) };
}

it('sees a change that comes while the file is being loaded', async () => {
  const { supergraphFile, reloads, start } = watchedFile();
  writeFileSync(supergraphFile, 'another');
  start();
  await expect.poll(() => reloads).toEqual([{ supergraphFile }]);
});

it('waits for a file that is away', async () => {
  const { supergraphFile, reloads, start, remove } = watchedFile();
  remove();
  start();
  writeFileSync(supergraphFile, 'back');
  await expect.poll(() => reloads).toEqual([{ supergraphFile }]);
});
