import { type DataSource, httpSource } from '@waybill/gateway/index.js';
import { ADDRESS_HEADER, ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';

/** A subgraph in another process, as the gateway asks it. */
export function remoteSource(url: string, secret: string): DataSource {
  return httpSource({
    url: `${url}/graphql`,
    readyUrl: `${url}/readyz`,
    multiplex: true,
    pipelining: 16,
    headersFor: (identity, address) => ({
      [ASSERTION_HEADER]: signAssertion(identity, secret),
      ...(address !== undefined && { [ADDRESS_HEADER]: address }),
    }),
  });
}
