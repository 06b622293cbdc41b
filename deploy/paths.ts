import { basename, dirname, join } from 'node:path';

const here = import.meta.dirname;

/** The clone's own folder, found the same way from the sources and from `dist`. */
export const PROJECT_ROOT = dirname(basename(here) === 'dist' ? dirname(here) : here);

/** Where Node keeps compiled code between starts; gone with the packages it was compiled from. */
export const COMPILE_CACHE = join(PROJECT_ROOT, 'node_modules', '.cache', 'waybill');

/** The compiled entry file of one process kind, as containers and the supervisor start it. */
export function entryFile(kind: 'gateway' | 'subgraph' | 'workers'): string {
  return join(PROJECT_ROOT, 'deploy', 'dist', `process-${kind}.js`);
}

/** The composed supergraph, as it is checked in. */
export const SUPERGRAPH = join(PROJECT_ROOT, 'schema/supergraph.graphql');
