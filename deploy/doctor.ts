import { access, constants, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { colors as pc } from '@waybill/kernel/colors.js';
import { namedDatabases, needsEmbedded } from './databases.js';
import { Fault } from './fault.js';
import { readFlags } from './flags.js';
import { PROJECT_ROOT } from './paths.js';
import { postgresVersion } from './postgres-program.js';
import { requireDatabase, requireRedis } from './reachable.js';
import { requirePorts } from './required-ports.js';
import { whoRuns } from './run-lock.js';
import { keptSecrets } from './secrets.js';
import { environmentWith, readSettings, type SettingName, type Settings } from './settings.js';

const HELP = `npm run doctor [-- --json]    looks for what keeps Waybill from starting, and says how to mend it
`;

/** PostgreSQL's first files, and room to work. */
const ROOM_MB = 500;

type StartSettings = Settings<'start'>;

/** One look: answers what is well, throws a Fault with what is not. */
type Look = (settings: StartSettings, dataDirectory: string) => Promise<string> | string;

const LOOKS: Record<string, Look> = {
  // Packages and their build are looked after by what runs before this.
  Node: () => process.versions.node,

  'Data folder': async (_settings, dataDirectory) => {
    const folder = await access(dataDirectory).then(
      () => dataDirectory,
      () => dirname(dataDirectory),
    );
    await access(folder, constants.W_OK).catch(() => {
      throw new Fault(`${folder} cannot be written: mend its rights or set WAYBILL_DATA`);
    });
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / 1e6);
    if (free >= ROOM_MB) return `${dataDirectory}, ${free} MB free`;
    throw new Fault(`${folder} has ${free} MB left: make room for ${ROOM_MB} or set WAYBILL_DATA`);
  },

  Secrets: async (_settings, dataDirectory) => {
    await keptSecrets(dataDirectory);
    return 'readable';
  },

  PostgreSQL: async (settings) => {
    if (!needsEmbedded(settings)) return 'not embedded';
    return `${await postgresVersion()}, embedded`;
  },

  Databases: async (settings) => {
    const named = Object.entries(namedDatabases(settings));
    const setting = (name: string) => `${name.toUpperCase()}_DATABASE_URL` as SettingName;
    await together(named.map(([name, url]) => requireDatabase(setting(name), url)));
    return named.length > 0 ? `${named.map(([name]) => name).join(', ')} answer` : 'embedded';
  },

  Redis: async ({ REDIS_URL: url }) => {
    if (!url) return 'not used: queues are on PostgreSQL';
    await requireRedis(url);
    return 'answers';
  },

  Waybill: async (settings, dataDirectory) => {
    const running = whoRuns(dataDirectory);
    if (!running) {
      await requirePorts(settings);
      return 'not running; its ports are free';
    }
    if (!running.url) return `starting (process ${running.pid})`;
    const ready = new URL('/readyz', running.url);
    const { ok } = await fetch(ready).catch(() => ({ ok: false }));
    if (ok) return `running (process ${running.pid}) and ready at ${running.url}`;
    throw new Fault(`process ${running.pid} runs but ${ready} says no: stop it and start again`);
  },
};

async function together(looks: Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(looks);
  const faults = results.filter((result) => result.status === 'rejected');
  if (faults.length > 0) throw new Fault(...faults.flatMap(({ reason }) => linesOf(reason)));
}

function linesOf(error: unknown): readonly string[] {
  return error instanceof Fault ? error.lines : [String(error)];
}

interface Finding {
  name: string;
  ok: boolean;
  lines: readonly string[];
}

async function findings(): Promise<Finding[]> {
  let settings: StartSettings;
  try {
    settings = readSettings('start', environmentWith(join(PROJECT_ROOT, '.env')));
  } catch (error) {
    return [{ name: 'Settings', ok: false, lines: linesOf(error) }];
  }
  const dataDirectory = resolve(PROJECT_ROOT, settings.WAYBILL_DATA);
  const found: Finding[] = [{ name: 'Settings', ok: true, lines: ['valid'] }];
  for (const [name, look] of Object.entries(LOOKS)) {
    try {
      found.push({ name, ok: true, lines: [await look(settings, dataDirectory)] });
    } catch (error) {
      found.push({ name, ok: false, lines: linesOf(error) });
    }
  }
  return found;
}

function printed({ name, ok, lines }: Finding): string {
  const mark = ok ? pc.green('✓') : pc.red('✗');
  return lines.map((line) => `${mark} ${name.padEnd(12)}${line}`).join('\n');
}

const { json } = readFlags(HELP, ['json']);
const found = await findings();
if (json) console.log(JSON.stringify({ ok: found.every(({ ok }) => ok), findings: found }));
else console.log(found.map(printed).join('\n'));
if (found.some(({ ok }) => !ok)) process.exitCode = 1;
