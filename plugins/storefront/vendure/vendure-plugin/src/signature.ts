import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The key bytes behind a `whsec_...` secret. Throws when the secret has another form. */
export function signingKey(secret: string): Buffer {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    if (!secret.startsWith(PREFIX) || key.length === 0) {
        throw new Error('The webhook secret must be "whsec_" followed by base64');
    }
    return key;
}

/** The three headers of the Standard Webhooks scheme, for one attempt at `now`. */
export function signatureHeaders(id: string, body: string, key: Buffer, now: Date): Record<string, string> {
    const timestamp = Math.floor(now.getTime() / 1000).toString();
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
