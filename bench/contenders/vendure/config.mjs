import {
  DefaultJobQueuePlugin,
  DefaultLogger,
  DefaultSchedulerPlugin,
  DefaultSearchPlugin,
  dummyPaymentHandler,
  LogLevel,
} from '@vendure/core';

/** Vendure as its own generator of projects sets it up, with NODE_ENV=production, but without its pages and mail. */
export function configOf({ databaseUrl, port = 0, synchronize = false }) {
  return {
    apiOptions: { hostname: '127.0.0.1', port, introspection: false },
    authOptions: {
      tokenMethod: ['bearer', 'cookie'],
      requireVerification: false,
      superadminCredentials: { identifier: 'admin', password: 'only-for-the-bench' },
      cookieOptions: { secret: 'only-for-the-bench' },
    },
    dbConnectionOptions: { type: 'postgres', url: databaseUrl, synchronize, logging: false },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    logger: new DefaultLogger({ level: LogLevel.Error }),
    plugins: [
      DefaultSchedulerPlugin.init(),
      DefaultJobQueuePlugin.init({ useDatabaseForBuffer: true }),
      DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true }),
    ],
  };
}
