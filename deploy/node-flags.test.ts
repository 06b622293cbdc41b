import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NODE_FLAGS } from './node-flags.js';
import { PROJECT_ROOT } from './paths.js';

const text = (name: string) => readFileSync(join(PROJECT_ROOT, name), 'utf8');

it('the npm scripts and the image run Node with the same flags', () => {
  const { scripts } = JSON.parse(text('package.json'));
  const flags = NODE_FLAGS.join(' ');
  expect(scripts.start).toBe(
    `exec node ${flags} deploy/dist/start.js || node ${flags} deploy/dist/start.js`,
  );
  expect(scripts['start:distributed']).toContain(
    `node ${flags} deploy/dist/start.js --distributed`,
  );
  expect(text('Dockerfile')).toContain(`NODE_OPTIONS=${flags}\n`);
});
