import { Checkbox, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { address, call } from '../api/client';
import type { OrderPage, OrderSummary } from '../api/types';
import { useTexts, worded } from '../texts';
import { Empty, Failure, Placeholder } from '../ui/loading';
import { Badge, Money, State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { useChosenRow, useRows } from '../ui/use_rows';

const PAGE = 200;
const ROW_PX = 40;
const AHEAD = 40;
const STATES = ['ordered', 'allocated', 'partially_fulfilled', 'fulfilled', 'partially_returned', 'returned', 'cancelled'];

function useOrders(status: string, exceptions: string) {
  return useInfiniteQuery({
    queryKey: ['orders', 'list', status, exceptions],
    queryFn: ({ pageParam, signal }) => call<OrderPage>(address('/api/v1/orders', { status, exceptions, limit: PAGE, before: pageParam }), { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function Filters({ status, exceptions, set }: { status: string; exceptions: string; set: (name: string, value: string) => void }) {
  const { t } = useTexts();
  return (
    <div className="filters">
      <Select
        size="sm"
        w={220}
        label={t.orders.filter}
        clearable
        placeholder={t.orders.anyState}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        clearButtonProps={{ 'aria-label': t.orders.anyState }}
        data={STATES.map((value) => ({ value, label: worded(t.states, value) }))}
        value={status || null}
        onChange={(value) => set('status', value ?? '')}
      />
      <Checkbox size="sm" mb={8} label={t.orders.onlyExceptions} checked={exceptions === 'true'} onChange={(event) => set('exceptions', event.currentTarget.checked ? 'true' : '')} />
    </div>
  );
}

function Row({ order, chosen }: { order: OrderSummary; chosen: boolean }) {
  const { t } = useTexts();
  return (
    <tr aria-selected={chosen} style={{ height: ROW_PX }}>
      <td className="one-line">
        <Link href={`/orders/${order.id}`} className="strong">
          {order.number}
        </Link>
      </td>
      <td className="cut">{order.customer.name}</td>
      <td>
        <When at={order.placed_at} />
      </td>
      <td className="one-line">{order.connector}</td>
      <td className="one-line">{order.has_exception ? <Badge role="warn">{t.orders.toClear}</Badge> : <State of={order.status} />}</td>
      <td className="figure">
        <Money amount={order.total} currency={order.currency} />
      </td>
    </tr>
  );
}

export default function OrdersPage() {
  const { t, f } = useTexts();
  useTitle(t.orders.title);
  const [, go] = useLocation();
  const [parameters, setParameters] = useSearchParams();
  const status = parameters.get('status') ?? '';
  const exceptions = parameters.get('exceptions') ?? '';
  const query = useOrders(status, exceptions);
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, above, below, lastIndex, show } = useRows(orders.length, ROW_PX, scroller, `orders ${status} ${exceptions}`);
  const [chosen] = useChosenRow(orders.length, (index) => go(`/orders/${orders[index]!.id}`), show);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastIndex >= orders.length - AHEAD) void fetchNextPage();
  }, [lastIndex, orders.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const set = (name: string, value: string) =>
    setParameters((before) => {
      const next = new URLSearchParams(before);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  return (
    <div className="page">
      <div className="page-head">
        <h1 id="h-orders">{t.orders.title}</h1>
        <span className="quiet small" role="status">
          {query.data && `${t.orders.shown(f.count(orders.length))} · ${hasNextPage ? t.orders.loading : t.orders.more}`}
        </span>
      </div>
      <Filters status={status} exceptions={exceptions} set={set} />
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending && <Placeholder height={400} />}
      {query.data && !orders.length && <Empty>{t.orders.none}</Empty>}
      {orders.length > 0 && (
        <div className="card long-list" ref={scroller} role="region" tabIndex={0} aria-labelledby="h-orders">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.orders.number}</th>
                <th scope="col">{t.orders.customer}</th>
                <th scope="col">{t.orders.placed}</th>
                <th scope="col">{t.orders.store}</th>
                <th scope="col">{t.orders.state}</th>
                <th scope="col" className="figure">{t.orders.value}</th>
              </tr>
            </thead>
            <tbody>
              {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
              {rows.map((row) => (
                <Row key={orders[row.index]!.id} order={orders[row.index]!} chosen={row.index === chosen} />
              ))}
              {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
