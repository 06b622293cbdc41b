import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { Awaitable } from './data-sources/data-source.js';

/** What the GraphiQL page opens with. */
export interface GraphiqlOptions {
  title?: string;
  /** A runnable, named operation. */
  defaultQuery?: string;
  /** Headers shown in the headers editor, say a demo token; subscriptions connect with them too. */
  headers?: Record<string, string>;
}

/** Options, or a function that makes them per page view so that a token in them is a fresh one. */
export type GraphiqlSetting = GraphiqlOptions | (() => Awaitable<GraphiqlOptions>);

/** The page with everything inlined: it asks the network for nothing but GraphQL. */
export async function graphiqlPage(setting: GraphiqlSetting, endpoint: string): Promise<string> {
  const options = typeof setting === 'function' ? await setting() : setting;
  const { title = 'GraphiQL', defaultQuery, headers = {} } = options;
  return renderGraphiQL({
    title,
    endpoint,
    subscriptionsProtocol: 'WS',
    connectionParams: headers,
    defaultHeaders: JSON.stringify(headers, null, 2),
    shouldPersistHeaders: false,
    ...(defaultQuery !== undefined && { defaultQuery }),
  } as Parameters<typeof renderGraphiQL>[0]);
}
