import { type Dispatcher, Pool } from 'undici';
import { drive, type Load } from './drive.js';
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
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: load.concurrency });
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      asked += 1;
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer load-${process.pid}-${asked}`,
      };
      const request = { method: 'POST' as const, path: pathname, headers, body };
      pool.dispatch(request, collector(bytes, resolve, reject));
    });
  try {
    return await drive(load, ask);
  } finally {
    await pool.destroy();
  }
});

function collector(
  bytes: number,
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
      else reject(new Error(`The gateway answered ${status} with ${length} bytes, not ${bytes}`));
    },
    onResponseError: (_, error) => reject(error),
  };
}
