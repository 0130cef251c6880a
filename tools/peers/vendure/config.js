'use strict';
const { DefaultJobQueuePlugin, DefaultLogger, LogLevel, dummyPaymentHandler } = require('@vendure/core');
const { bankTransferHandler } = require('./bank-transfer');
const { OrderHubWebhookPlugin } = require('./webhook-plugin');

const env = process.env;

exports.config = {
    logger: new DefaultLogger({ level: LogLevel[env.SHOP_LOG || 'Warn'], timestamp: true }),
    apiOptions: {
        hostname: '127.0.0.1',
        port: Number(env.SHOP_PORT),
        adminApiPath: 'admin-api',
        shopApiPath: 'shop-api',
        cors: false,
    },
    authOptions: {
        tokenMethod: ['bearer', 'cookie'],
        cookieOptions: { secret: env.SHOP_PASSWORD },
        superadminCredentials: { identifier: 'superadmin', password: env.SHOP_PASSWORD },
        requireVerification: false,
    },
    dbConnectionOptions: {
        type: 'postgres',
        host: env.SHOP_DB_HOST,
        port: Number(env.SHOP_DB_PORT),
        username: env.SHOP_DB_USER,
        password: env.SHOP_DB_PASSWORD,
        database: env.SHOP_DB_NAME,
        synchronize: env.SHOP_CREATE_SCHEMA === '1',
        logging: false,
    },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler, bankTransferHandler] },
    customFields: { Order: [{ name: 'hubReference', type: 'string', nullable: true, public: false }] },
    plugins: [
        DefaultJobQueuePlugin.init({
            pollInterval: 100,
            backoffStrategy: (_queue, attempts) => Math.min(60_000, 500 * 2 ** (attempts - 1)),
        }),
        OrderHubWebhookPlugin.init({ url: env.WEBHOOK_URL || '', secret: env.WEBHOOK_SECRET }),
    ],
};
