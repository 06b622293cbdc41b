import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { memoryLog } from './testing/memory-log.js';
import { watchSupergraph } from './watch-supergraph.js';

let supergraphFile: string;

beforeEach(() => {
  vi.useFakeTimers();
  const folder = mkdtempSync(join(tmpdir(), 'watched-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, 'one');
});

afterEach(() => void vi.useRealTimers());

/** How often the file was taken over so far; each time, `failure` is what came of it. */
function watched(failure?: Error) {
  const log = memoryLog();
  let reloads = 0;
  const reload = async () => {
    reloads += 1;
    if (failure) throw failure;
  };
  const stop = watchSupergraph({ supergraphFile, watch: true })(reload, log);
  onTestFinished(stop);
  return { reloads: () => reloads, stop, log };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

it('takes a changed file over once, and one that did not change never', async () => {
  const { reloads } = watched();
  await seconds(5);
  expect(reloads()).toBe(0);
  writeFileSync(supergraphFile, 'another');
  await seconds(5);
  expect(reloads()).toBe(1);
  writeFileSync(supergraphFile, 'the third one');
  await seconds(5);
  expect(reloads()).toBe(2);
});

it('tries one that cannot be used once, and says so once', async () => {
  const { reloads, log } = watched(new Error('no supergraph'));
  writeFileSync(supergraphFile, 'broken');
  await seconds(5);
  expect(reloads()).toBe(1);
  expect(log.text().match(/not usable/g)).toHaveLength(1);
});

it('waits for a file that is away, and takes over what replaces it', async () => {
  const { reloads } = watched();
  renameSync(supergraphFile, `${supergraphFile}.old`);
  await seconds(3);
  expect(reloads()).toBe(0);
  writeFileSync(`${supergraphFile}.new`, 'two');
  renameSync(`${supergraphFile}.new`, supergraphFile);
  await seconds(3);
  expect(reloads()).toBe(1);
});

it('looks no more when it is told to stop', async () => {
  const { reloads, stop } = watched();
  stop();
  writeFileSync(supergraphFile, 'another');
  await seconds(5);
  expect(reloads()).toBe(0);
});
