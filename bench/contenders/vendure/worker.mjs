import { bootstrapWorker } from '@vendure/core';
import { configOf } from './config.mjs';
import { settings, tellReady } from './parent.mjs';

const worker = await bootstrapWorker(configOf(settings));
await worker.startJobQueue();
tellReady({});
