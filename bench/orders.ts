import { benchCommand } from './command.js';
import { runBench } from './run-bench.js';

await runBench(benchCommand);
