import { randomUUID } from 'node:crypto';
import { OnApplicationBootstrap } from '@nestjs/common';
import {
    EventBus,
    JobQueue,
    JobQueueService,
    Order,
    OrderPlacedEvent,
    PluginCommonModule,
    TransactionalConnection,
    Type,
    VendurePlugin,
} from '@vendure/core';
import { deliver } from './delivery';
import { AnyOrderEvent, ORDER_EVENTS, orderIds } from './events';
import { signingKey } from './signature';
import { OrderHubWebhookOptions, OrderNotice } from './types';

const QUEUE = 'orderhub-webhook';
const DEFAULT_RETRIES = 30;

/**
 * Turns order events into jobs of Vendure's queue and each job into one signed POST.
 *
 * The job is written in the transaction of the change itself: a change that is rolled back tells
 * nobody, and one that is committed is told even when the server is killed right afterwards. This
 * needs a queue strategy that stores jobs in the shop's database (DefaultJobQueuePlugin); its
 * `backoffStrategy` sets the pauses between attempts.
 */
@VendurePlugin({ imports: [PluginCommonModule], compatibility: '^3.6.0' })
export class OrderHubWebhookPlugin implements OnApplicationBootstrap {
    private static options: OrderHubWebhookOptions = { url: '', secret: '' };
    private queue!: JobQueue<OrderNotice>;

    static init(options: OrderHubWebhookOptions): Type<OrderHubWebhookPlugin> {
        OrderHubWebhookPlugin.options = options;
        return OrderHubWebhookPlugin;
    }

    constructor(
        private readonly eventBus: EventBus,
        private readonly jobQueueService: JobQueueService,
        private readonly connection: TransactionalConnection,
    ) {}

    async onApplicationBootstrap(): Promise<void> {
        const options = OrderHubWebhookPlugin.options;
        if (!options.url) {
            return;
        }
        signingKey(options.secret); // a bad secret must stop the start, not every delivery
        await this.requeueInterrupted();
        this.queue = await this.jobQueueService.createQueue({
            name: QUEUE,
            process: job => deliver(job.data, options),
        });
        for (const event of ORDER_EVENTS) {
            this.eventBus.registerBlockingEventHandler<AnyOrderEvent>({
                event: event as Type<AnyOrderEvent>,
                id: `${QUEUE}-${event.name}`,
                handler: happened => this.enqueue(happened),
            });
        }
    }

    /**
     * A killed server leaves the job it was at marked as running, and Vendure never takes it up
     * again. Should another server be at it after all, the receiver gets the same id twice.
     */
    private async requeueInterrupted(): Promise<void> {
        const database = this.connection.rawConnection;
        if (database.hasMetadata('JobRecord')) {
            const jobs = database.getRepository('JobRecord');
            await jobs.update({ queueName: QUEUE, state: 'RUNNING' }, { state: 'PENDING' });
        }
    }

    private async enqueue(event: AnyOrderEvent): Promise<void> {
        const orders = this.connection.getRepository(event.ctx, Order);
        for (const id of await orderIds(event, this.connection)) {
            const order = await orders.findOne({ where: { id }, select: ['id', 'code', 'orderPlacedAt'] });
            // A cart is nobody's business. While an order is being placed its date is not stored yet.
            if (!order || !(order.orderPlacedAt || event instanceof OrderPlacedEvent)) {
                continue;
            }
            const notice: OrderNotice = {
                id: randomUUID(),
                event: event.constructor.name,
                occurredAt: event.createdAt.toISOString(),
                orderId: String(order.id),
                orderCode: order.code,
            };
            const retries = OrderHubWebhookPlugin.options.retries ?? DEFAULT_RETRIES;
            await this.queue.add(notice, { ctx: event.ctx, retries });
        }
    }
}
