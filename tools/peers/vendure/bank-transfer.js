'use strict';
// A payment method that settles payments and refunds at once; Vendure's dummy leaves refunds Pending.
// For tests: payment metadata {"part": 1000} pays a part only, a refund reason with "fail" fails.
const { randomUUID } = require('node:crypto');
const { LanguageCode, PaymentMethodHandler } = require('@vendure/core');

exports.bankTransferHandler = new PaymentMethodHandler({
    code: 'bank-transfer',
    description: [{ languageCode: LanguageCode.en, value: 'Bank transfer' }],
    args: {},
    createPayment: (_ctx, _order, amount, _args, metadata) => ({
        amount: Math.min(Number(metadata.part ?? amount), amount),
        state: 'Settled',
        transactionId: `BT-${randomUUID()}`,
        metadata,
    }),
    settlePayment: () => ({ success: true }),
    createRefund: (_ctx, input) =>
        /fail/i.test(input.reason ?? '')
            ? { state: 'Failed', metadata: { error: 'refused for a test' } }
            : { state: 'Settled', transactionId: `BTR-${randomUUID()}` },
});
