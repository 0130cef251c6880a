export interface OrderHubWebhookOptions {
    /** Where notices go, for example https://hub.example.com/in/vendure. Empty: the plugin does nothing. */
    url: string;
    /** The shared secret, `whsec_` followed by base64 (Standard Webhooks). */
    secret: string;
    /** How often a notice is tried again before its job fails for good. Default 30. */
    retries?: number;
    /** How long the receiver may take to answer, in milliseconds. Default 10,000. */
    timeout?: number;
}

/** What is kept in the job queue. A type, not an interface: a job's data must be plain JSON. */
export type OrderNotice = {
    /** Goes out as `webhook-id`: the same for every attempt. */
    id: string;
    /** Vendure's name of the event, for example OrderStateTransitionEvent. */
    event: string;
    /** When it happened, RFC 3339 UTC. */
    occurredAt: string;
    orderId: string;
    orderCode: string;
};
