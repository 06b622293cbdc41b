import type { Dispatcher, Pool } from 'undici';

export interface Posted {
  path: string;
  token?: string | undefined;
  body: string;
  /** Length of a right answer; any other is a failure. */
  bytes: number;
}

/** Sends one request, and counts its answer without keeping it. */
export function post(pool: Pool, { path, token, body, bytes }: Posted): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    pool.dispatch({ method: 'POST', path, headers, body }, counting(bytes, body, resolve, reject));
  });
}

function counting(
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
