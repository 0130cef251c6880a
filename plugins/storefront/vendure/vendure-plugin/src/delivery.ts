import { signatureHeaders, signingKey } from './signature';
import { OrderHubWebhookOptions, OrderNotice } from './types';

const DEFAULT_TIMEOUT_MS = 10_000;

/** One attempt. Throws unless the receiver answers 2xx, so that the job queue tries again later. */
export async function deliver(notice: OrderNotice, options: OrderHubWebhookOptions): Promise<number> {
    const { id, ...content } = notice;
    const body = JSON.stringify({ type: 'order.changed', ...content });
    const answer = await fetch(options.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
            'content-type': 'application/json',
            ...signatureHeaders(id, body, signingKey(options.secret), new Date()),
        },
        body,
        signal: AbortSignal.timeout(options.timeout ?? DEFAULT_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) {
        throw new Error(`The receiver answered ${answer.status}`);
    }
    return answer.status;
}
