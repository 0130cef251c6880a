import {
    Fulfillment,
    FulfillmentStateTransitionEvent,
    HistoryEntryEvent,
    ID,
    Order,
    OrderEvent,
    OrderLineEvent,
    OrderPlacedEvent,
    OrderStateTransitionEvent,
    PaymentStateTransitionEvent,
    RefundEvent,
    RefundStateTransitionEvent,
    TransactionalConnection,
} from '@vendure/core';

/** Every event of Vendure's core after which an order reads differently than before. */
export const ORDER_EVENTS = [
    OrderPlacedEvent,
    OrderEvent,
    OrderLineEvent,
    OrderStateTransitionEvent,
    PaymentStateTransitionEvent,
    RefundEvent,
    RefundStateTransitionEvent,
    FulfillmentStateTransitionEvent,
    HistoryEntryEvent,
];

/** History entries that only repeat an event of their own. */
const REPEATED_HISTORY = new Set<string>([
    'ORDER_STATE_TRANSITION',
    'ORDER_PAYMENT_TRANSITION',
    'ORDER_FULFILLMENT',
    'ORDER_FULFILLMENT_TRANSITION',
    'ORDER_REFUND_TRANSITION',
]);

export type AnyOrderEvent = InstanceType<(typeof ORDER_EVENTS)[number]>;

/** Which orders an event is about; a fulfilment may belong to several. */
export async function orderIds(event: AnyOrderEvent, connection: TransactionalConnection): Promise<ID[]> {
    if (event instanceof FulfillmentStateTransitionEvent) {
        return ordersOfFulfillment(event, event.fulfillment.id, connection);
    }
    if (event instanceof HistoryEntryEvent) {
        if (REPEATED_HISTORY.has(event.entity.type)) {
            return [];
        }
        const { order } = event.entity as { order?: Order };
        return order ? [order.id] : [];
    }
    return [event.order.id];
}

async function ordersOfFulfillment(
    event: AnyOrderEvent,
    id: ID,
    connection: TransactionalConnection,
): Promise<ID[]> {
    const fulfillment = await connection
        .getRepository(event.ctx, Fulfillment)
        .findOne({ where: { id }, relations: { orders: true } });
    return (fulfillment?.orders ?? []).map(order => order.id);
}
