import { type Subscription, subscribe } from './subscription.js';

export interface Answer<Data> {
  data?: Data | null;
  errors?: Array<{ message: string; path?: unknown[]; extensions?: Record<string, unknown> }>;
}

export type Variables = Record<string, unknown>;

/** A GraphQL client of the gateway, as one person or as nobody. */
export interface Client {
  /** The answer's data; rejects where the answer has errors. */
  ask<Data>(query: string, variables?: Variables): Promise<Data>;
  /** The answer as it came, errors included. */
  answer<Data>(query: string, variables?: Variables): Promise<Answer<Data>>;
  /** Runs a registered operation by its id, over POST. */
  persisted<Data>(documentId: string, variables?: Variables): Promise<Answer<Data>>;
  subscribe<Data>(query: string, variables?: Variables): Promise<Subscription<Data>>;
}

/** `url` is the gateway's `/graphql`; `token` an access token, or undefined for nobody; `headers` go with each POST. */
export function client(url: string, token?: string, headers: Record<string, string> = {}): Client {
  async function post<Data>(body: Record<string, unknown>): Promise<Answer<Data>> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer<Data>;
  }

  async function ask<Data>(query: string, variables: Variables = {}): Promise<Data> {
    const { data, errors } = await post<Data>({ query, variables });
    if (errors || !data) throw new Error(`${query.trim()}\nwas answered ${JSON.stringify(errors)}`);
    return data;
  }

  return {
    ask,
    answer: (query, variables = {}) => post({ query, variables }),
    persisted: (documentId, variables = {}) => post({ documentId, variables }),
    subscribe: (query, variables = {}) => subscribe(url, token, { query, variables }),
  };
}
