import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Declared, workspaceOf } from './boundaries.js';
import { repositoryRoot } from './source-files.js';

type Manifest = Partial<Record<'dependencies' | 'devDependencies', Record<string, string>>>;

/** The npm packages that each package.json of the repository declares. */
export function declaredPackages(root = repositoryRoot()): Declared {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '*package.json'];
  const paths = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const byWorkspace: Record<string, Set<string>> = {};
  for (const path of paths) {
    const workspace = workspaceOf(path) ?? '';
    // A workspace may hold programs with packages of their own.
    byWorkspace[workspace] = read(join(root, path)).union(byWorkspace[workspace] ?? new Set());
  }
  return {
    byWorkspace,
    tools: read(join(root, 'package.json')),
  };
}

function read(path: string): Set<string> {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
}
