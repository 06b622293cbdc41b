import { boundaryViolations, type Declared } from '@waybill/scripts/check/boundaries.js';
import { declaredPackages } from '@waybill/scripts/check/declared-packages.js';
import { readSourceFiles } from '@waybill/scripts/check/source-files.js';
import { describe, expect, it } from 'vitest';

const NOTHING_DECLARED: Declared = { byWorkspace: {}, tools: new Set() };

function importing(path: string, specifier: string, declared?: Declared): string[] {
  const text = `import { one,\n  two } from '${specifier}';\n`;
  return boundaryViolations([{ path, text }], declared);
}

describe('the boundaries of this repository', () => {
  it('are crossed by no import', () => {
    const files = readSourceFiles();
    expect(files.length).toBeGreaterThan(50);
    expect(boundaryViolations(files, declaredPackages())).toEqual([]);
  });
});

describe('an import is allowed', () => {
  it.each([
    ['subgraphs/orders/place-order.ts', './order.js'],
    ['subgraphs/orders/place-order.ts', '@waybill/kernel/money.js'],
    ['subgraphs/orders/graphql/order.ts', '../order.js'],
    ['subgraphs/orders/place-order.test.ts', '@waybill/kernel/testing/database.js'],
    ['jobs/workers.ts', '@waybill/schema/commands.js'],
    ['deploy/one-process.ts', '@waybill/orders/index.js'],
    ['tests/e2e/paid/paid.test.ts', '@waybill/orders/index.js'],
    ['kernel/log.ts', 'pino'],
    ['vitest.config.ts', 'vitest/config'],
  ])('in %s of %s', (path, specifier) => {
    expect(importing(path, specifier)).toEqual([]);
  });
});

describe('an import is refused, naming both files', () => {
  it.each([
    [
      'subgraphs/orders/place-order.ts',
      '@waybill/catalog/products.js',
      'subgraphs/catalog/products.ts',
    ],
    ['subgraphs/orders/place-order.ts', '@waybill/gateway/supergraph.js', 'gateway/supergraph.ts'],
    ['subgraphs/orders/place-order.ts', '../catalog/products.js', 'subgraphs/catalog/products.ts'],
    ['subgraphs/orders/place-order.test.ts', '@waybill/jobs/queues.js', 'jobs/queues.ts'],
    [
      'subgraphs/users/log-in.ts',
      '@waybill/kernel/testing/database.js',
      'kernel/testing/database.ts',
    ],
    ['gateway/request.ts', '@waybill/schema/commands.js', 'schema/commands.ts'],
    ['gateway/execution/fetch.ts', '../../kernel/log.js', 'kernel/log.ts'],
    ['jobs/workers.ts', '@waybill/orders/order.js', 'subgraphs/orders/order.ts'],
    ['kernel/outbox.ts', '@waybill/schema/events.js', 'schema/events.ts'],
    ['schema/events.ts', '@waybill/kernel/ids.js', 'kernel/ids.ts'],
    ['scripts/demo.ts', '@waybill/orders/order.js', 'subgraphs/orders/order.ts'],
    ['deploy/settings.ts', '@waybill/scripts/demo.js', 'scripts/demo.ts'],
    ['deploy/settings.ts', '@waybill/tests/support/client.js', 'tests/support/client.ts'],
  ])('in %s of %s', (path, specifier, imported) => {
    const [line, ...more] = importing(path, specifier);
    expect(line).toContain(path);
    expect(line).toContain(imported);
    expect(more).toEqual([]);
  });

  it.each([
    "import type { Order } from '@waybill/orders/order.js';",
    "export { Order } from '@waybill/orders/order.js';",
    "export * from '@waybill/orders/order.js';",
    "import '@waybill/orders/order.js';",
    "const { Order } = await import('@waybill/orders/order.js');",
    "const { Order } = require('@waybill/orders/order.js');",
    "const divided = 6 / 2; // it's\nimport { Order } from '@waybill/orders/order.js';",
    "const quote = /['/*]/;\nimport { Order } from '@waybill/orders/order.js';",
  ])('however it is written: %s', (text) => {
    expect(boundaryViolations([{ path: 'jobs/workers.ts', text }])).toHaveLength(1);
  });

  it('but not where it stands in a comment', () => {
    const text =
      "// import { Order } from '@waybill/orders/order.js';\n/* import '@waybill/orders/a.js' */";
    expect(boundaryViolations([{ path: 'jobs/workers.ts', text }])).toEqual([]);
  });
});

describe('a package from npm', () => {
  const declared: Declared = {
    byWorkspace: { kernel: new Set(['pino', '@apollo/subgraph']) },
    tools: new Set(['vitest']),
  };

  it.each(['pino', 'pino/file', '@apollo/subgraph', '@apollo/subgraph/x', 'vitest', 'node:fs'])(
    'that is declared may be imported: %s',
    (specifier) => {
      expect(importing('kernel/log.ts', specifier, declared)).toEqual([]);
    },
  );

  it.each(['lodash', '@apollo/server'])('that is not declared may not: %s', (specifier) => {
    const [line] = importing('kernel/log.ts', specifier, declared);
    expect(line).toBe(
      `kernel/log.ts imports ${specifier}, which its package.json does not declare`,
    );
    expect(importing('kernel/log.ts', specifier, NOTHING_DECLARED)).toHaveLength(1);
  });
});
