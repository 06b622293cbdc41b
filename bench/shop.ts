import { runBench } from './run-bench.js';
import { shopCommand } from './shop/command.js';

await runBench(shopCommand);
