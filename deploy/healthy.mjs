// The health check of a container: exit code 0 when the address answers with 2xx.
// node deploy/healthy.mjs http://127.0.0.1:4000/readyz
import { argv } from 'node:process';

const { ok } = await fetch(argv[2], { signal: AbortSignal.timeout(4000) });
process.exitCode = ok ? 0 : 1;
