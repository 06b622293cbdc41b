// Where a registry lacks the packages of other systems, `npm install` leaves them out of package-lock.json, and then
// `npm ci` refuses the file everywhere. Run after an install that changed it: node deploy/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const LOCK = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const SYSTEMS = /-(android|darwin|freebsd|linux|openbsd|openharmony|win32)-/;
const PROCESSORS = /-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(-|$)/;

/** Optional dependencies of locked packages that the lock does not name, as entries to add to it. */
export function missingEntries(packages) {
  const missing = {};
  for (const { optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      const known = Object.keys(packages).some((key) => key === path || key.endsWith(`/${path}`));
      if (!known) missing[path] = entry(name, version);
    }
  }
  return missing;
}

/** What other systems need to decide whether the package is for them; npm verifies it when it fetches it. */
function entry(name, version) {
  const [, system] = SYSTEMS.exec(name) ?? [];
  const [, processor] = PROCESSORS.exec(name) ?? [];
  if (!system || !processor || !/^\d/.test(version))
    throw new Error(`${name} is for no system known`);
  const libc = name.includes('musl') ? { libc: ['musl'] } : {};
  return { version, cpu: [processor], dev: true, optional: true, os: [system], ...libc };
}

function main() {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
  const { '': root, ...others } = { ...lock.packages, ...missingEntries(lock.packages) };
  const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = { '': root, ...Object.fromEntries(sorted) };
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
}

if (argv[1] === fileURLToPath(import.meta.url)) main();
