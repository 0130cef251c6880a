import {
    Fulfillment,
    FulfillmentEvent,
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
    FulfillmentEvent,
    FulfillmentStateTransitionEvent,
    HistoryEntryEvent,
];

export type AnyOrderEvent = InstanceType<(typeof ORDER_EVENTS)[number]>;

/** Which orders an event is about; a fulfilment may belong to several. */
export async function orderIds(event: AnyOrderEvent, connection: TransactionalConnection): Promise<ID[]> {
    if (event instanceof FulfillmentEvent) {
        return ordersOfFulfillment(event, event.entity.id, connection);
    }
    if (event instanceof FulfillmentStateTransitionEvent) {
        return ordersOfFulfillment(event, event.fulfillment.id, connection);
    }
    if (event instanceof HistoryEntryEvent) {
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
