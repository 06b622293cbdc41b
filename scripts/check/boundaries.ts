import { importsOf, resolveFrom, type SourceFile } from './source-files.js';

/** Who may import whom; the key may always import itself. docs/architecture.md says why. */
const ALLOWED: Record<string, readonly string[]> = {
  kernel: [],
  schema: [],
  gateway: ['kernel'],
  users: ['kernel', 'schema'],
  catalog: ['kernel', 'schema'],
  orders: ['kernel', 'schema'],
  payments: ['kernel', 'schema'],
  jobs: ['kernel', 'schema'],
  deploy: ['kernel', 'schema', 'gateway', 'users', 'catalog', 'orders', 'payments', 'jobs'],
  scripts: ['kernel', 'schema', 'gateway', 'deploy'],
};

/** These look at the system from outside and may import all of it. */
const OUTSIDE = new Set(['tests', 'bench']);

/** The workspace that owns a file: `subgraphs/orders/order.ts` is of `orders`. Undefined at the top. */
export function workspaceOf(path: string): string | undefined {
  const [first, second, ...rest] = path.split('/');
  if (first === 'subgraphs') return rest.length > 0 ? second : undefined;
  return second === undefined ? undefined : first;
}

/** What `npm` packages each workspace declares, and the tools that the top of the repository declares. */
export interface Declared {
  byWorkspace: Record<string, ReadonlySet<string>>;
  tools: ReadonlySet<string>;
}

/** One line per import that crosses a boundary, naming the importing and the imported file. */
export function boundaryViolations(files: readonly SourceFile[], declared?: Declared): string[] {
  return files.flatMap((file) => {
    const workspace = workspaceOf(file.path);
    if (!workspace) return [];
    return importsOf(file.text)
      .map((specifier) => violation(file.path, workspace, specifier, declared))
      .filter((line) => line !== undefined);
  });
}

function violation(
  path: string,
  workspace: string,
  specifier: string,
  declared: Declared | undefined,
): string | undefined {
  if (specifier.startsWith('.')) return relativeViolation(path, workspace, specifier);
  const [, target, file] = /^@waybill\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  if (target && file) return workspaceViolation(path, workspace, target, file);
  return declared && packageViolation(path, workspace, specifier, declared);
}

function relativeViolation(path: string, workspace: string, specifier: string) {
  const target = sourcePath(resolveFrom(path, specifier));
  const owner = workspaceOf(target);
  if (owner === undefined && OUTSIDE.has(workspace)) return undefined;
  if (owner !== workspace) {
    return `${path} imports ${target} by a relative path out of its workspace`;
  }
  return testOnlyViolation(path, target);
}

function workspaceViolation(path: string, workspace: string, target: string, file: string) {
  const imported = sourcePath(`${target in ALLOWED ? directoryOf(target) : target}/${file}`);
  const allowed = OUTSIDE.has(workspace) || ALLOWED[workspace]?.includes(target);
  if (!allowed) return `${path} imports ${imported}: ${workspace} may not import ${target}`;
  return testOnlyViolation(path, imported);
}

/** What helps tests must not creep into what runs. */
function testOnlyViolation(path: string, imported: string): string | undefined {
  if (isTest(path) || !isTest(imported)) return undefined;
  return `${path} imports ${imported}, which is for tests only`;
}

function packageViolation(path: string, workspace: string, specifier: string, declared: Declared) {
  if (specifier.startsWith('node:')) return undefined;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const known = declared.byWorkspace[workspace]?.has(name) || declared.tools.has(name);
  return known ? undefined : `${path} imports ${name}, which its package.json does not declare`;
}

const SUBGRAPHS = new Set(['users', 'catalog', 'orders', 'payments']);

function directoryOf(workspace: string): string {
  return SUBGRAPHS.has(workspace) ? `subgraphs/${workspace}` : workspace;
}

function sourcePath(path: string): string {
  return path.replace(/\.js$/, '.ts');
}

/** Tests, and what exists to help them. */
export function isTest(path: string): boolean {
  return /\.test\.ts$|(^|\/)testing\/|^tests\/|^bench\//.test(path);
}
