import { type Dispatcher, Pool } from 'undici';
import { drive, type Load } from '../../gateway/processes/drive.js';
import { serveParent } from '../../gateway/processes/worker-side.js';
import type { ShopRequest } from '../questions.js';

export interface ShopLoad extends Load {
  url: string;
  /** Asked one after the other, over and over. */
  requests: Array<ShopRequest & { bytes: number }>;
}

let asked = 0;

/** Sends load from a process of its own. Each answer must be as long as it was when it was compared. */
serveParent({}, async ({ url, requests, ...load }: ShopLoad) => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: load.concurrency });
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const request = requests[asked % requests.length];
      asked += 1;
      if (!request) return resolve();
      const { body, token, bytes } = request;
      const headers = {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const sent = { method: 'POST' as const, path: pathname, headers, body };
      pool.dispatch(sent, collector(bytes, body, resolve, reject));
    });
  try {
    return await drive(load, ask);
  } finally {
    await pool.destroy();
  }
});

function collector(
  bytes: number,
  body: string,
  resolve: () => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  let [status, length] = [0, 0];
  return {
    onRequestStart() {},
    onResponseStart: (_, statusCode) => {
      status = statusCode;
    },
    onResponseData: (_, chunk) => {
      length += chunk.length;
    },
    onResponseEnd: () => {
      if (status === 200 && length === bytes) resolve();
      else reject(new Error(`${status} with ${length} bytes, not ${bytes}, answers ${body}`));
    },
    onResponseError: (_, error) => reject(error),
  };
}
