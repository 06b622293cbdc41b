import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closing, startedTogether } from '@waybill/deploy/closing.js';
import { type DistributedWaybill, startDistributed } from '@waybill/deploy/distributed.js';
import {
  type EmbeddedPostgres,
  killPostgres,
  startEmbeddedPostgres,
} from '@waybill/deploy/embedded-postgres.js';
import { freePorts } from '@waybill/deploy/free-ports.js';
import { giveToPostgres } from '@waybill/deploy/postgres-program.js';
import { keptSecrets } from '@waybill/deploy/secrets.js';
import type { Stage } from '@waybill/deploy/stages.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

export type DatabaseUrls = EmbeddedPostgres['databaseUrls'];

/** A system that exists to be mistreated. */
export interface MistreatedSystem {
  url: string;
  processes: DistributedWaybill['processes'];
  /** For whoever checks it: past the proxy. */
  databaseUrls: DatabaseUrls;
  queuesPrefix: string;
  proxy: TcpProxy;
  /** Ends PostgreSQL as a power cut would, and starts it again; undefined where it is not ours. */
  postgres?: { crash(): Promise<void>; start(): Promise<void> };
}

export interface OwnSystem extends MistreatedSystem {
  /** Everything that it keeps. */
  folder: string;
  /** Ends everything; the folder goes, too, unless it is to be kept. */
  close(keepFolder?: boolean): Promise<void>;
}

/** Starts subgraphs, workers and gateway as processes, on a PostgreSQL and a folder of their own. */
export async function startOwnSystem(
  { reconcileSeconds }: { reconcileSeconds: number },
  stage: Stage,
): Promise<OwnSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-faults-'));
  await giveToPostgres(folder);
  return startedTogether(async (parts) => {
    parts.add(() => rm(folder, { recursive: true, force: true }));
    const secrets = await keptSecrets(folder);
    const start = (port: number) => startEmbeddedPostgres({ dataDirectory: folder, port, secrets });
    let server = await stage('Starting PostgreSQL', () => start(0));
    const { databaseUrls } = server;
    const running = closing();
    running.add(() => server.stop());
    parts.add(running.close);
    const proxy = await startTcpProxy(server.port);
    running.add(proxy.close);
    const [port] = (await freePorts(1)) as [number];
    const waybill = await startDistributed({
      databaseUrls: through(proxy, databaseUrls),
      port,
      internalSecret: secrets.internalSecret,
      seedDemo: true,
      logLevel: 'silent',
      reconcileSeconds,
      stage,
    });
    running.add(waybill.close);
    return {
      url: waybill.url,
      processes: waybill.processes,
      databaseUrls,
      queuesPrefix: 'waybill',
      proxy,
      postgres: {
        crash: () => killPostgres(folder),
        start: async () => {
          server = await start(server.port);
        },
      },
      folder,
      close: (keepFolder) => (keepFolder ? running.close() : parts.close()),
    };
  });
}

function through({ port }: TcpProxy, urls: DatabaseUrls): DatabaseUrls {
  const moved = Object.entries(urls).map(([name, text]) => {
    const url = new URL(text);
    url.port = String(port);
    return [name, url.href];
  });
  return Object.fromEntries(moved) as DatabaseUrls;
}
