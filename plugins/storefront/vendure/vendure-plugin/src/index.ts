export { OrderHubWebhookPlugin } from './plugin';
export { OrderHubWebhookOptions, OrderNotice } from './types';
export { signatureHeaders } from './signature';
