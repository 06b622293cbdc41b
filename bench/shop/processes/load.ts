import { Pool } from 'undici';
import { drive, type Load } from '../../gateway/processes/drive.js';
import { post } from '../../gateway/processes/post.js';
import { serveParent } from '../../gateway/processes/worker-side.js';
import type { ShopRequest } from '../questions.js';

export interface ShopLoad extends Load {
  url: string;
  /** Asked one after the other, over and over. Each answer must be as long as it was when it was compared. */
  requests: Array<ShopRequest & { bytes: number }>;
}

let asked = 0;

/** Sends load from a process of its own. */
serveParent({}, async ({ url, requests, ...load }: ShopLoad) => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: load.concurrency });
  const ask = async () => {
    const request = requests[asked % requests.length];
    asked += 1;
    if (request) await post(pool, { path, ...request });
  };
  try {
    return await drive(load, ask);
  } finally {
    await pool.destroy();
  }
});
