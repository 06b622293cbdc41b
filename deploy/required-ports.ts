import { once } from 'node:events';
import { createServer } from 'node:net';
import { needsEmbedded } from './databases.js';
import { Fault, listenFault } from './fault.js';
import type { Settings } from './settings.js';

/** Throws one Fault with a line for each port that cannot be had, before anything slow begins. */
export async function requirePorts(settings: Settings<'start'>): Promise<void> {
  const wanted: Array<[setting: string, host: string, port: number]> = [
    ['PORT', settings.HOST, settings.PORT],
    ['OPS_PORT', '127.0.0.1', settings.OPS_PORT],
  ];
  if (!settings.SMTP_URL) wanted.push(['SMTP_PORT', '127.0.0.1', settings.SMTP_PORT]);
  const postgresPort = settings.EMBEDDED_POSTGRES_PORT;
  if (needsEmbedded(settings)) wanted.push(['EMBEDDED_POSTGRES_PORT', '127.0.0.1', postgresPort]);
  const faults = await Promise.all(wanted.map((port) => portFault(...port)));
  const lines = faults.filter((line) => line !== undefined);
  if (lines.length > 0) throw new Fault(...lines);
}

async function portFault(setting: string, host: string, port: number) {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
    await new Promise((resolve) => probe.close(resolve));
    return undefined;
  } catch (error) {
    const fault = listenFault(error, setting, port);
    return fault instanceof Error ? fault.message : String(fault);
  }
}
