import { createGateway, httpSource } from '@waybill/gateway/index.js';
import { ASSERTION_HEADER, type Identity, signAssertion } from '@waybill/kernel/identity.js';
import { serving } from './forked.js';

/** What a process of the gateway is told on its command line, as JSON. */
export interface GatewayProcessOptions {
  supergraph: string;
  /** Where subgraphs answer, by name. */
  urls: Record<string, string>;
  secret: string;
  graceMs: number;
}

const options: GatewayProcessOptions = JSON.parse(process.argv[2] ?? '{}');
const headersFor = (identity: Identity) => ({
  [ASSERTION_HEADER]: signAssertion(identity, options.secret),
});
const dataSources = Object.fromEntries(
  Object.entries(options.urls).map(([name, url]) => [name, httpSource({ url, headersFor })]),
);
const gateway = await createGateway({
  supergraph: options.supergraph,
  dataSources,
  shutdownGraceMs: options.graceMs,
});
const { port } = await gateway.listen(0, '127.0.0.1');
serving(port, gateway.close);
