import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { expect, it } from 'vitest';

it('a test that fails fails the whole run', { timeout: 60_000 }, () => {
  const root = repositoryRoot();
  const { status, stdout } = spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--config', 'tests/architecture/failing-run/vitest.config.mjs'],
    { cwd: root, env: { PATH: process.env.PATH }, encoding: 'utf8' },
  );
  expect(stdout).toContain('1 failed');
  expect(status).toBe(1);
});
