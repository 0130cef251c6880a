/** Keys and requests of what is read, so that pages and live updates name the same thing the same way. */
import type { QueryClient } from '@tanstack/react-query';
import { address, call } from './client';
import type * as Types from './types';

const seg = encodeURIComponent;

type Read<T> = { queryKey: readonly unknown[]; queryFn: (context: { signal: AbortSignal }) => Promise<T> };
const read = <T>(queryKey: readonly unknown[], path: string): Read<T> => ({
  queryKey,
  queryFn: ({ signal }) => call<T>(path, { signal }),
});

export type OrderFilter = { q?: string; status?: string; exceptions?: string; customer?: string; before?: string; limit?: number };
export type CaseFilter = { q?: string; decision?: string; order?: string; customer?: string; before?: string; limit?: number };
export type DeliveryFilter = { connector?: string; state?: string; order?: string; kind?: string; code?: string; before?: string };

export const queries = {
  order: (id: string) => read<Types.Order>(['order', id], `/api/v1/orders/${seg(id)}`),
  eligibility: (id: string) => read<Types.Eligibility>(['order', id, 'actions'], `/api/v1/orders/${seg(id)}/actions`),
  orderEvents: (id: string) => read<Types.EventPage>(['order', id, 'events'], `/api/v1/orders/${seg(id)}/events?limit=200`),
  orders: (filter: OrderFilter) => read<Types.OrderPage>(['orders', filter], address('/api/v1/orders', filter)),
  cases: (filter: CaseFilter) => read<Types.CasePage>(['cases', filter], address('/api/v1/cases', filter)),
  case: (id: string) => read<Types.Case>(['case', id], `/api/v1/cases/${seg(id)}`),
  customers: (q: string) => read<Types.CustomerPage>(['customers', q], address('/api/v1/customers', { q })),
  customer: (id: string) => read<Types.Customer>(['customer', id], `/api/v1/customers/${seg(id)}`),
  deliveries: (filter: DeliveryFilter) => read<Types.DeliveryPage>(['deliveries', filter], address('/api/v1/deliveries', filter)),
  delivery: (id: string) => read<Types.Delivery>(['delivery', id], `/api/v1/deliveries/${seg(id)}`),
  inbox: (filter: { state?: string; connector?: string; after?: number }) =>
    read<Types.MessagePage>(['inbox', filter], address('/api/v1/inbox', filter)),
  message: (sequence: string) => read<Types.Message>(['message', sequence], `/api/v1/inbox/${seg(sequence)}`),
  returns: (q: string) => read<Types.ReturnPage>(['returns', q], address('/api/v1/returns', { q })),
  approvals: () => read<Types.RunPage>(['approvals'], '/api/v1/approvals'),
  runs: (state: string) => read<Types.RunPage>(['runs', state], address('/api/v1/flow-runs', { state, limit: 100 })),
  run: (id: string) => read<Types.Run>(['run', id], `/api/v1/flow-runs/${seg(id)}`),
  connectors: () => read<Types.ConnectorList>(['connectors'], '/api/v1/connectors'),
  configuration: () => read<{ configuration: Record<string, unknown> }>(['configuration'], '/api/v1/configuration'),
  reconciliation: (id: string) => read<Types.Reconciliation>(['reconciliation', id], `/api/v1/reconciliations/${seg(id)}`),
};

/** The queries that a line of the journal makes out of date. */
function touched(event: Types.Event): readonly unknown[][] {
  const keys: unknown[][] = [];
  if (event.order_id) keys.push(['order', event.order_id], ['orders'], ['returns']);
  if (event.case_id) keys.push(['case', event.case_id], ['cases']);
  const subject = event.type.split('.')[0];
  if (subject === 'delivery') keys.push(['deliveries'], ['delivery'], ['connectors']);
  if (subject === 'message') keys.push(['inbox'], ['message'], ['connectors']);
  if (subject === 'flow' || subject === 'approval') keys.push(['approvals'], ['runs'], ['run']);
  if (subject === 'customer') keys.push(['customer'], ['customers']);
  return keys;
}

const GATHER_MS = 150;

/** Asks again for what events say has changed, once for a burst of them. Amounts are never taken from an event. */
export function refresher(client: QueryClient): { events(events: Types.Event[]): void; all(): void } {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey });
    waiting.clear();
  };
  return {
    events(events) {
      for (const event of events) for (const key of touched(event)) waiting.set(JSON.stringify(key), key);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    all: () => void client.invalidateQueries(),
  };
}
