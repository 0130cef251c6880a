import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { call } from '../../api/client';
import { queries } from '../../api/queries';
import type { Reconciliation } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { Empty, Failure, Loaded } from '../../ui/loading';
import { Badge, Card, Money, Note, Scroller, State } from '../../ui/parts';
import { useTitle } from '../../ui/title';

const LOOK_AGAIN_MS = 1_000;
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

function Start() {
  const { t } = useTexts();
  const [, go] = useLocation();
  const [from, setFrom] = useState(day(30));
  const [to, setTo] = useState(day(0));
  const start = useMutation({
    mutationFn: () => call<Reconciliation>('/api/v1/reconciliations', { method: 'POST', body: { from, to } }),
    onSuccess: (run) => go(`/ops/reconcile/${run.id}`),
  });
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <TextInput size="sm" type="date" label={t.ops.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
      <TextInput size="sm" type="date" label={t.ops.to} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      <Button size="sm" type="submit" loading={start.isPending}>
        {t.ops.reconcile}
      </Button>
      {start.error && <Failure error={start.error} />}
    </form>
  );
}

function Items({ run }: { run: Reconciliation }) {
  const { t } = useTexts();
  if (!run.items.length) return <Empty>{run.state === 'done' ? t.ops.nothingDiffers : t.search.busy}</Empty>;
  return (
    <Scroller labelledBy="differences">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.order.state}</th>
            <th scope="col">{t.ops.side}</th>
            <th scope="col">{t.order.what}</th>
            <th scope="col">{t.orders.number}</th>
            <th scope="col" className="figure">{t.ops.ours}</th>
            <th scope="col" className="figure">{t.ops.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {run.items.map((each, index) => (
            <tr key={index}>
              <td>
                <State of={each.kind} />
              </td>
              <td>{worded(t.ops.sides, each.side)}</td>
              <td className="wrap-any">
                {each.subject}
                <div className="small quiet">{each.reason}</div>
              </td>
              <td>{each.order_id ? <Link href={`/orders/${each.order_id}`}>{each.order_number}</Link> : (each.order_number ?? '–')}</td>
              <td className="figure">{each.ours ? <Money amount={each.ours} currency={each.currency} /> : '–'}</td>
              <td className="figure">{each.theirs ? <Money amount={each.theirs} currency={each.currency} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Run({ id }: { id: string }) {
  const { t, f } = useTexts();
  const query = useQuery({ ...queries.reconciliation(id), refetchInterval: (state) => (state.state.data?.state === 'running' ? LOOK_AGAIN_MS : false) });
  return (
    <Loaded query={query} height={300}>
      {(run) => (
        <div className="stack">
          <div className="row">
            <State of={run.state} filled />
            {run.asked.map((each) => (
              <span key={each.connector} className="small quiet">
                {each.connector}: {f.count(each.records)}
              </span>
            ))}
            {run.counts &&
              (['missing', 'doubled', 'different', 'explained'] as const).map((kind) => (
                <Badge key={kind} role={run.counts![kind] && kind !== 'explained' ? 'bad' : 'neutral'}>
                  {worded(t.states, kind)}: {f.count(run.counts![kind])}
                </Badge>
              ))}
          </div>
          {run.error && <Note role="bad">{t.quoted(run.error.message)}</Note>}
          <Card id="differences" title={t.ops.differences}>
            <Items run={run} />
          </Card>
        </div>
      )}
    </Loaded>
  );
}

/** The hub against the books, the payment side and the shops. */
export default function ReconcilePage() {
  const { t } = useTexts();
  useTitle(t.rail.reconcile);
  const { id } = useParams<{ id?: string }>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.rail.reconcile}</h1>
      </div>
      <Start />
      {id ? <Run id={id} /> : <Empty>{t.ops.reconcileHint}</Empty>}
    </div>
  );
}
