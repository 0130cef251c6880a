import { Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { address, call } from '../../api/client';
import { queries } from '../../api/queries';
import type { Delivery, DeliveryPage } from '../../api/types';
import { session } from '../../session';
import { useTexts, worded } from '../../texts';
import { Empty, Failure, Placeholder } from '../../ui/loading';
import { Scroller, State, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { useChosenRow } from '../../ui/use_rows';
import { Inbox } from './inbox';
import { RetryMany } from './retry_many';

const DeliveryView = lazy(() => import('./delivery_view'));
const MessageView = lazy(() => import('./message_view'));

const BOXES = ['parked', 'waiting', 'unknown', 'done', 'dropped', 'inbox'] as const;
type Box = (typeof BOXES)[number];

function Boxes({ box, connector }: { box: Box; connector: string }) {
  const { t } = useTexts();
  return (
    <nav className="tabs" aria-label={t.rail.messages}>
      {BOXES.filter((each) => each !== 'inbox' || session.may('operations.read')).map((each) => (
        <Link key={each} href={address('/ops/messages', { box: each, connector })} aria-current={each === box ? 'page' : undefined}>
          {t.ops.boxes[each]}
        </Link>
      ))}
    </nav>
  );
}

function Table({ deliveries, chosen }: { deliveries: Delivery[]; chosen: number }) {
  const { t } = useTexts();
  return (
    <div className="card">
      <Scroller labelledBy="messages">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.ops.what}</th>
              <th scope="col">{t.ops.system}</th>
              <th scope="col">{t.order.state}</th>
              <th scope="col" className="figure">{t.ops.tries}</th>
              <th scope="col">{t.ops.error}</th>
              <th scope="col">{t.cases.updated}</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((each, index) => (
              <tr key={each.id} aria-selected={index === chosen}>
                <td>
                  <Link href={`/ops/messages/${each.id}`} className="strong">
                    {worded(t.steps, each.kind)}
                  </Link>
                  <div className="small quiet wrap-any">{each.key}</div>
                </td>
                <td className="one-line">{each.connector}</td>
                <td>
                  <State of={each.state} />
                </td>
                <td className="figure">{each.attempts}</td>
                <td className="wrap-any">{each.error ? `${each.error.code}: ${each.error.message}` : <span className="quiet">–</span>}</td>
                <td>
                  <When at={each.updated_at} seconds />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

function Deliveries({ box, connector }: { box: Exclude<Box, 'inbox'>; connector: string }) {
  const { t } = useTexts();
  const [, go] = useLocation();
  const query = useInfiniteQuery({
    queryKey: ['deliveries', 'list', box, connector],
    queryFn: ({ pageParam, signal }) => call<DeliveryPage>(address('/api/v1/deliveries', { state: box, connector, limit: 100, before: pageParam }), { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen] = useChosenRow(all.length, (index) => go(`/ops/messages/${all[index]!.id}`));
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Placeholder height={300} />;
  return (
    <div className="stack">
      {box === 'parked' && all.length > 0 && <RetryMany connector={connector} codes={[...new Set(all.map((each) => each.error?.code ?? '').filter(Boolean))]} />}
      {all.length ? <Table deliveries={all} chosen={chosen} /> : <Empty>{box === 'parked' ? t.ops.nothingParked : t.ops.nothingHere}</Empty>}
      {query.hasNextPage && (
        <button type="button" className="plain-button" onClick={() => void query.fetchNextPage()}>
          {t.ops.more}
        </button>
      )}
    </div>
  );
}

/** Messages that were not delivered or understood, and those that were. */
export default function MessagesPage() {
  const { t } = useTexts();
  useTitle(t.rail.messages);
  const { id } = useParams<{ id?: string }>();
  const [parameters] = useSearchParams();
  const [, go] = useLocation();
  const asked = parameters.get('box') as Box | null;
  const box: Box = asked && BOXES.includes(asked) ? asked : 'parked';
  const connector = parameters.get('connector') ?? '';
  const systems = useQuery(queries.connectors()).data?.items.map((each) => each.name) ?? [];
  if (id)
    return (
      <Suspense fallback={<div className="page"><Placeholder height={300} /></div>}>
        <div className="page">{/^\d+$/.test(id) ? <MessageView sequence={id} /> : <DeliveryView id={id} />}</div>
      </Suspense>
    );
  return (
    <div className="page">
      <div className="page-head">
        <h1 id="h-messages">{t.rail.messages}</h1>
        <div className="row">
          <Select
            size="sm"
            w={180}
            aria-label={t.ops.system}
            placeholder={t.ops.anySystem}
            clearable
            clearButtonProps={{ 'aria-label': t.ops.anySystem }}
            comboboxProps={{ transitionProps: { duration: 0 } }}
            data={systems}
            value={connector || null}
            onChange={(value) => go(address('/ops/messages', { box, connector: value ?? '' }))}
          />
          <Boxes box={box} connector={connector} />
        </div>
      </div>
      {box === 'inbox' ? <Inbox connector={connector} /> : <Deliveries box={box} connector={connector} />}
    </div>
  );
}
