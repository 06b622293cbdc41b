import { openSubgraph } from './open-subgraph.js';
import { runProcess } from './run-process.js';

// One image, four services: which one this is stands in SUBGRAPH.
switch (process.env.SUBGRAPH) {
  case 'catalog':
    await runProcess('catalog', openSubgraph.catalog);
    break;
  case 'orders':
    await runProcess('orders', openSubgraph.orders);
    break;
  case 'payments':
    await runProcess('payments', openSubgraph.payments);
    break;
  default:
    // Also when SUBGRAPH is missing or misspelt, which its settings will tell.
    await runProcess('users', openSubgraph.users);
}
