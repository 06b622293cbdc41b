import { describe, expect, it } from 'vitest';
import {
  PersistedOperations,
  type PersistedOperationsInput,
  persistedId,
} from './persisted-operations.js';

const TEXT = 'query Me { me { id } }';

describe('persisted operations', () => {
  it.each<PersistedOperationsInput>([
    {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'f00', name: 'Me', type: 'query', body: TEXT }],
    },
    { f00: TEXT },
    { 'sha256:f00': TEXT },
  ])('are read from %o', (input) => {
    const operations = new PersistedOperations(input);
    expect(operations.text('f00')).toBe(TEXT);
    expect(operations.idOfText(`${TEXT}\n`)).toBe('f00');
    expect(operations.text('constructor')).toBeUndefined();
  });

  it.each([
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: 'f00' } } }, 'f00'],
    [{ documentId: 'sha256:f00' }, 'f00'],
    [{ doc_id: 'f00' }, 'f00'],
    [{ id: 'f00' }, 'f00'],
    [{ id: 7 }, undefined],
    [{}, undefined],
  ])('are named by %o', (request, id) => {
    expect(persistedId(request)).toBe(id);
  });
});
