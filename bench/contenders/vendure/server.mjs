import { bootstrap } from '@vendure/core';
import { configOf } from './config.mjs';
import { settings, tellReady } from './parent.mjs';

await bootstrap(configOf(settings));
tellReady({ url: `http://127.0.0.1:${settings.port}/shop-api` });
