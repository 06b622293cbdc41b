import { Pool } from 'undici';
import { drive, type Load } from './drive.js';
import { post } from './post.js';
import { serveParent } from './worker-side.js';

export interface HttpLoad extends Load {
  url: string;
  body: string;
  /** Length of a right answer; any other is a failure. */
  bytes: number;
}

let asked = 0;

/** Sends load from a process of its own, for its work must not count as the gateway's. */
serveParent({}, async ({ url, body, bytes, ...load }: HttpLoad) => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: load.concurrency });
  const ask = () => {
    asked += 1;
    return post(pool, { path, token: `load-${process.pid}-${asked}`, body, bytes });
  };
  try {
    return await drive(load, ask);
  } finally {
    await pool.destroy();
  }
});
