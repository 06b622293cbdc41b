import { runBench } from './run-bench.js';
import { subscriptionsCommand } from './subscriptions/command.js';

await runBench(subscriptionsCommand);
