import { listsCommand } from './lists/command.js';
import { runBench } from './run-bench.js';

await runBench(listsCommand);
