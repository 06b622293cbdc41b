import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Apollo's suite for integrations was written for Jest. */
const jestGlobals = fileURLToPath(new URL('gateway/testing/jest-globals.ts', import.meta.url));

/** Where nothing is known of earlier runs, files begin by size, the largest first; this one is small and takes longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('in-both-topologies.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: {
    // The two builds of graphql must not meet: everything uses the one that Apollo's CommonJS packages load.
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: '@jest/globals', replacement: jestGlobals },
    ],
    conditions: ['source'],
  },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/support/postgres.ts'],
    // No module keeps anything between tests, so files share the workers: loading all modules anew for each file took
    // as long as the tests.
    isolate: false,
    // Tests wait for databases, sockets and processes for a sixth of their time: one file more than there are cores.
    maxWorkers: availableParallelism() + 1,
    server: { deps: { inline: ['@apollo/server-integration-testsuite'] } },
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
