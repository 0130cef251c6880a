import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../api/client';
import { queries } from '../api/queries';
import type { Case, OrderPage } from '../api/types';
import { useKeys } from '../shell/keys';
import { useTexts } from '../texts';
import { Failure } from '../ui/loading';
import { Card, State } from '../ui/parts';

type Suggestion = Case['suggestions'][number];

/** What an agent says of a case's orders: the hub's answer is what is shown. */
function useDecisions(id: string) {
  const client = useQueryClient();
  const onSuccess = async (answer: Case) => {
    client.setQueryData(queries.case(id).queryKey, answer);
    await client.invalidateQueries({ queryKey: ['cases'] });
    await client.invalidateQueries({ queryKey: ['order'] });
  };
  const path = `/api/v1/cases/${encodeURIComponent(id)}`;
  const link = useMutation({
    mutationFn: ([order_id, ...further_order_ids]: string[]) => call<Case>(`${path}/link`, { method: 'PUT', body: { order_id, further_order_ids } }),
    onSuccess,
  });
  const reject = useMutation({ mutationFn: (order_id: string) => call<Case>(`${path}:reject`, { method: 'POST', body: { order_id } }), onSuccess });
  const unlink = useMutation({ mutationFn: () => call<Case>(`${path}/link`, { method: 'DELETE' }), onSuccess });
  return { link, reject, unlink };
}

const Key = ({ of }: { of: string }) => (
  <span className="kbd" style={{ marginLeft: 6 }}>
    {of}
  </span>
);

function Evidence({ of }: { of: Suggestion | undefined }) {
  if (!of) return null;
  return (
    <ul>
      {of.evidence.map((one) => (
        <li key={one} className="small">
          {one}
        </li>
      ))}
    </ul>
  );
}

/** One of the orders that the case is linked to. */
function Linked({ id, entry, reject }: { id: string; entry: Case; reject: (order: string) => void }) {
  const { t } = useTexts();
  const order = useQuery(queries.order(id));
  const known = entry.suggestions.find((each) => each.order_id === id);
  return (
    <div className="entry">
      <div className="row apart">
        <Link href={`/orders/${id}`} className="strong">
          {order.data?.number ?? known?.number ?? t.cases.order}
        </Link>
        {order.data && <State of={order.data.status} />}
      </div>
      <Evidence of={known} />
      <div>
        <Button size="compact-sm" variant="default" onClick={() => reject(id)}>
          {t.cases.not}
        </Button>
      </div>
    </div>
  );
}

function Candidate({ each, first, link, reject }: { each: Suggestion; first: boolean; link: (order: string) => void; reject: (order: string) => void }) {
  const { t } = useTexts();
  return (
    <div className="entry">
      <div className="row apart">
        <Link href={`/orders/${each.order_id}`} className="strong">
          {each.number}
        </Link>
        <span className="small quiet">{t.cases.score(each.score)}</span>
      </div>
      <Evidence of={each} />
      <div className="row close">
        <Button size="compact-sm" variant={first ? 'filled' : 'default'} onClick={() => link(each.order_id)}>
          {t.cases.link} {first && <Key of="y" />}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => reject(each.order_id)}>
          {t.cases.not} {first && <Key of="n" />}
        </Button>
      </div>
    </div>
  );
}

/** By number: the hub finds the order, and only an exact number counts. */
function ByNumber({ linked, link }: { linked: string[]; link: (orders: string[]) => void }) {
  const { t } = useTexts();
  const [number, setNumber] = useState('');
  const [missing, setMissing] = useState(false);
  const find = async (beside: string[]) => {
    if (!number.trim()) return;
    const page = await call<OrderPage>(`/api/v1/orders?q=${encodeURIComponent(number.trim())}`);
    const exact = page.items.find((each) => each.number.toLowerCase() === number.trim().toLowerCase());
    setMissing(!exact);
    if (!exact) return;
    setNumber('');
    link([...beside.filter((each) => each !== exact.id), exact.id]);
  };
  return (
    <form
      className="row"
      style={{ alignItems: 'end', flexWrap: 'wrap' }}
      onSubmit={(event) => {
        event.preventDefault();
        void find([]);
      }}
    >
      <TextInput size="sm" style={{ flex: 1, minWidth: 160 }} label={t.cases.orderNumber} value={number} error={missing && t.cases.noSuchOrder} onChange={(event) => setNumber(event.currentTarget.value)} />
      <Button size="sm" type="submit" variant="default">
        {t.cases.relink}
      </Button>
      {linked.length > 0 && (
        <Button size="sm" variant="default" onClick={() => void find(linked)}>
          {t.cases.linkToo}
        </Button>
      )}
    </form>
  );
}

export function LinkCard({ entry }: { entry: Case }) {
  const { t } = useTexts();
  const { link, reject, unlink } = useDecisions(entry.id);
  const linked = entry.decision === 'linked' ? entry.order_ids : [];
  const first = entry.decision === 'suggested' ? entry.suggestions[0] : undefined;
  const byHub = linked.length > 0 && (entry.decided_by ?? 'hub') === 'hub';
  useKeys(
    useMemo(
      () => ({
        ...(first ? { y: () => link.mutate([first.order_id]), n: () => reject.mutate(first.order_id) } : {}),
        ...(byHub ? { y: () => link.mutate(linked) } : {}),
      }),
      [first, byHub, linked, link, reject],
    ),
  );
  const error = link.error ?? reject.error ?? unlink.error;
  return (
    <Card id="link" title={linked.length ? t.cases.order : t.cases.evidence} aside={<State of={entry.decision === 'none' ? 'unlinked' : entry.decision} />}>
      <div className="card-body stack tight">
        {error ? <Failure error={error} /> : null}
        {linked.map((id) => (
          <Linked key={id} id={id} entry={entry} reject={(order) => reject.mutate(order)} />
        ))}
        {linked.length > 0 && (
          <>
            <p className="small quiet">{t.cases.decidedBy(byHub ? t.cases.rule : (entry.decided_by ?? '').replace(/^\w+:/, ''))}</p>
            <div className="row close">
              {byHub && (
                <Button size="compact-sm" onClick={() => link.mutate(linked)}>
                  {t.cases.confirm} <Key of="y" />
                </Button>
              )}
              <Button size="compact-sm" variant="default" onClick={() => unlink.mutate()}>
                {t.cases.unlink}
              </Button>
            </div>
          </>
        )}
        {linked.length === 0 && !entry.suggestions.length && <p className="quiet">{t.cases.noCandidates}</p>}
        {linked.length === 0 &&
          entry.suggestions.map((each, index) => (
            <Candidate key={each.order_id} each={each} first={index === 0} link={(order) => link.mutate([order])} reject={(order) => reject.mutate(order)} />
          ))}
        <ByNumber linked={linked} link={(orders) => link.mutate(orders)} />
      </div>
    </Card>
  );
}
