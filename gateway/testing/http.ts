import { createHash } from 'node:crypto';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: {
    data?: unknown;
    errors?: Array<{
      message: string;
      extensions: { code: string; requestId?: string; retryAfter?: number };
    }>;
  };
}

/** Posts JSON, or text as it is. */
export async function post(
  url: string,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return answerOf(response);
}

export async function get(
  url: string,
  params: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    search.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return answerOf(await fetch(`${url}?${search}`, { headers }));
}

async function answerOf(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response;
  return { status, headers, body: JSON.parse(await response.text()) };
}
