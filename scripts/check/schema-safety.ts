import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { usedCoordinates } from './used-coordinates.js';

/** Operations that somebody registered and goes on sending. */
export interface Registered {
  /** The house, or a partner. */
  owner: string;
  operations: ReadonlyArray<{ name: string; text: string }>;
}

/** What was released last: the schema, and what ran on it. */
export interface Release {
  schema: string;
  registered: readonly Registered[];
}

/**
 * One line per change since the last release that breaks a registered operation, with all that it breaks. What nobody
 * uses may change.
 */
export async function schemaSafetyProblems(release: Release, current: string): Promise<string[]> {
  const released = buildSchema(release.schema);
  const changes = await diff(released, buildSchema(current));
  const breaking = changes.filter(
    ({ criticality }) => criticality.level === CriticalityLevel.Breaking,
  );
  if (breaking.length === 0) return [];
  const users = usersOf(released, release.registered);
  return breaking.flatMap(({ type, message, path = '' }) => {
    // What is new and must be given breaks those who use what it belongs to.
    const place = type.endsWith('_ADDED') ? path.slice(0, path.lastIndexOf('.')) : path;
    const broken = users.filter(({ used }) => used.has(place)).map(({ name }) => name);
    return broken.length > 0 ? [`${message}: breaks ${broken.join(', ')}`] : [];
  });
}

interface User {
  name: string;
  used: ReadonlySet<string>;
}

function usersOf(released: GraphQLSchema, registered: readonly Registered[]): User[] {
  return registered.flatMap(({ owner, operations }) =>
    operations.map(({ name, text }) => ({
      name: `${name} of ${owner}`,
      used: usedCoordinates(released, text),
    })),
  );
}

/** Where the last release is kept; written by `npm run release-schema`, and for partners by `npm run operations -- export`. */
export const RELEASED = 'schema/released';

export function readRelease(root: string): Release {
  const file = (...path: string[]) => readFileSync(join(root, RELEASED, ...path), 'utf8');
  const folder = join(root, RELEASED, 'partners');
  const partners = existsSync(folder) ? readdirSync(folder) : [];
  return {
    schema: file('api.graphql'),
    registered: [
      registeredBy('the house', file('operations.json')),
      ...partners.map((name) => registeredBy(basename(name, '.json'), file('partners', name))),
    ],
  };
}

function registeredBy(owner: string, manifest: string): Registered {
  const { operations } = JSON.parse(manifest) as {
    operations: ReadonlyArray<{ id: string; name?: string; body: string }>;
  };
  return {
    owner,
    operations: operations.map(({ id, name = id, body }) => ({ name, text: body })),
  };
}
