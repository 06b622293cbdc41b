// Runs before `npm start` and `npm test`, perhaps on a clone where nothing is installed: plain JavaScript,
// no packages, and an old Node must still be able to read it as far as the sentence about its version.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process, { arch, argv, env, execPath, exit, platform, stderr, versions } from 'node:process';
import { fileURLToPath } from 'node:url';

// With npm's packages comes Node 24 for these systems, on which everything else then runs.
const BRINGS_NODE = ['linux-x64', 'linux-arm64', 'win32-x64'];
const HEARTBEAT_MS = 1500;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One sentence when this Node cannot run Waybill. */
export function nodeFault(version, system) {
  const oldest = BRINGS_NODE.includes(system) ? 20 : 24;
  if (Number(version.split('.')[0]) >= oldest) return undefined;
  const mend = 'install a newer one from https://nodejs.org';
  return `Waybill needs Node ${oldest} or newer and this is ${version}: ${mend}`;
}

/** True when node_modules holds what package-lock.json asks for; both as parsed JSON. */
export function matchesLock(lock, installed) {
  if (!lock || !installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    // An optional package may be for another system, or may have failed to build.
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.link === wanted.link;
  });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Runs a command quietly: a sign of life every HEARTBEAT_MS, what it said only when it fails. */
function run(name, command, parameters, options) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const say = (text) => stderr.write(stderr.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
  const heartbeat = setInterval(() => say(`  ${name} … ${seconds()}`), HEARTBEAT_MS);
  if (stderr.isTTY) say(`  ${name} …`);
  return new Promise((resolve) => {
    let said = '';
    const child = spawn(command, parameters, { cwd: root, ...options });
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (error) => (said += error.message));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => child.kill());
    child.on('close', (code) => {
      clearInterval(heartbeat);
      say(`${code === 0 ? '✓' : '✗'} ${name} ${seconds()}${stderr.isTTY ? '\n' : ''}`);
      if (code !== 0) stderr.write(`${said.trim()}\n`);
      resolve(code === 0);
    });
  });
}

function install() {
  // npm must not run on the Node in the node_modules that it is about to delete.
  const own = join(root, 'node_modules');
  const PATH = env.PATH.split(delimiter).filter((part) => !part.startsWith(own));
  const parameters = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'];
  const options = { env: { ...env, PATH: PATH.join(delimiter) }, shell: platform === 'win32' };
  return run('Installing packages', 'npm', parameters, options);
}

/** npm 10 takes the link to this system's Node away again as it leaves out those of other systems. */
function linkNode() {
  const program = join('..', `node-${platform}-${arch}`, 'bin', 'node');
  const link = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(join(dirname(link), program)) && !existsSync(link)) symlinkSync(program, link);
}

function build(projects) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return run('Building', execPath, [tsc, '-b', ...projects], {});
}

async function main() {
  const fault = nodeFault(versions.node, `${platform}-${arch}`);
  if (fault) {
    stderr.write(`${fault}\n`);
    return false;
  }
  const complete = matchesLock(
    readJson('package-lock.json'),
    readJson('node_modules/.package-lock.json'),
  );
  if (!complete && !(await install())) {
    stderr.write(
      'The packages could not be installed: mend what npm names above, then start again\n',
    );
    return false;
  }
  linkNode();
  return build(argv.slice(2));
}

if (argv[1] === fileURLToPath(import.meta.url)) void main().then((done) => exit(done ? 0 : 1));
