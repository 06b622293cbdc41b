import {
  composeSubgraphs,
  createGateway,
  httpSource,
  inProcessSource,
} from '@waybill/gateway/index.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { settings } from '../../gateway/processes/worker-side.js';
import { players, Ticker, ticks } from '../ticker.js';
import { serveTicker } from './server-side.js';

/** The gateway over the ticker and its players, in this process, or the ticker where `ticksUrl` says. */
const { ticksUrl, multiplex } = settings<{ ticksUrl?: string; multiplex: boolean }>();
const ticker = new Ticker();
const [events, people] = [ticks(ticker), players()];
const local = ({ schema }: typeof events) => inProcessSource({ schema, contextFor: () => ({}) });
const headersFor = (identity: Identity): Record<string, string> =>
  identity.kind === 'user' ? { authorization: identity.userId } : {};
const gateway = await createGateway({
  supergraph: composeSubgraphs([events, people]),
  dataSources: {
    ticks: ticksUrl ? httpSource({ url: ticksUrl, headersFor, multiplex }) : local(events),
    players: local(people),
  },
  authenticate: ({ authorization = '' }) => ({ kind: 'user', userId: authorization, roles: [] }),
});
const { port } = await gateway.listen(0, '127.0.0.1');
serveTicker({ port }, ticksUrl ? undefined : ticker);
