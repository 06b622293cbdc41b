/** Milliseconds after which a call between our own processes is given up. */
export const CALL_TIMEOUT_MS = 10_000;

/** A JSON call between our own processes. Throws on any status but 2xx, and after CALL_TIMEOUT_MS. */
export async function request<Answer>(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return (await response.json()) as Answer;
}
