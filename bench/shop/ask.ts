import { Failure } from '@waybill/scripts/command-line/failure.js';
import type { ShopRequest } from './questions.js';

export interface Answered {
  text: string;
  headers: Headers;
  data: never;
}

/** Asks once. Throws a Failure where the answer has errors. */
export async function ask(url: string, { body, token }: ShopRequest): Promise<Answered> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  if (errors || !data) throw new Failure(`${url} answers ${text.slice(0, 500)}`);
  return { text, headers: response.headers, data: data as never };
}
