import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from './fault.js';

export const DATABASES = ['users', 'catalog', 'orders', 'payments', 'queues'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** What the embedded services are locked with; made on the first start and kept until `npm run reset`. */
export interface Secrets {
  internalSecret: string;
  postgresPassword: string;
  databasePasswords: Record<DatabaseName, string>;
}

/** Reads `secrets.json` in the data folder, or makes it, readable by its owner alone. */
export async function keptSecrets(dataDirectory: string): Promise<Secrets> {
  const file = join(dataDirectory, 'secrets.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Fault(`${file} cannot be read (${error.code}): mend its rights or npm run reset`);
  });
  if (text !== undefined) return parsed(file, text);
  const secrets = freshSecrets();
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

function parsed(file: string, text: string): Secrets {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(`${file} is damaged: put back a copy, or npm run reset to begin anew`);
  }
}

function freshSecrets(): Secrets {
  const random = () => randomBytes(24).toString('base64url');
  const databasePasswords = Object.fromEntries(DATABASES.map((name) => [name, random()]));
  return {
    internalSecret: randomBytes(32).toString('base64url'),
    postgresPassword: random(),
    databasePasswords: databasePasswords as Record<DatabaseName, string>,
  };
}
