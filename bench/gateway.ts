import { gatewayCommand } from './gateway/command.js';
import { runBench } from './run-bench.js';

await runBench(gatewayCommand);
