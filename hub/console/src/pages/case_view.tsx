import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../api/client';
import { queries } from '../api/queries';
import type { Case, OrderPage } from '../api/types';
import { useKeys } from '../shell/keys';
import { useTexts, worded } from '../texts';
import { Failure, Loaded } from '../ui/loading';
import { Card, Copy, State, When } from '../ui/parts';

/** Links and unlinks: the hub's answer is what is shown. */
function useLink(id: string) {
  const client = useQueryClient();
  const done = async (answer: Case) => {
    client.setQueryData(queries.case(id).queryKey, answer);
    await client.invalidateQueries({ queryKey: ['cases'] });
    await client.invalidateQueries({ queryKey: ['order'] });
  };
  const path = `/api/v1/cases/${encodeURIComponent(id)}/link`;
  const link = useMutation({ mutationFn: (order_id: string) => call<Case>(path, { method: 'PUT', body: { order_id } }), onSuccess: done });
  const unlink = useMutation({ mutationFn: () => call<Case>(path, { method: 'DELETE' }), onSuccess: done });
  return { link, unlink };
}

function Candidates({ entry, link, reject }: { entry: Case; link: (order: string) => void; reject: () => void }) {
  const { t } = useTexts();
  if (entry.decision === 'linked') return null;
  if (!entry.suggestions.length) return <p className="quiet">{t.cases.noCandidates}</p>;
  return (
    <>
      {entry.suggestions.map((each, index) => (
        <div key={each.order_id} className="entry">
          <div className="row apart">
            <Link href={`/orders/${each.order_id}`} className="strong">
              {each.number}
            </Link>
            <span className="small quiet">{t.cases.score(each.score)}</span>
          </div>
          <ul>
            {each.evidence.map((one) => (
              <li key={one} className="small">
                + {one}
              </li>
            ))}
          </ul>
          <div className="row close">
            <Button size="compact-sm" variant={index ? 'default' : 'filled'} onClick={() => link(each.order_id)}>
              {t.cases.link} {index === 0 && <span className="kbd" style={{ marginLeft: 6 }}>y</span>}
            </Button>
            {index === 0 && (
              <Button size="compact-sm" variant="default" onClick={reject}>
                {t.cases.not} <span className="kbd" style={{ marginLeft: 6 }}>n</span>
              </Button>
            )}
          </div>
        </div>
      ))}
    </>
  );
}

/** By number: the hub finds the order, and only an exact number counts. */
function Relink({ link }: { link: (order: string) => void }) {
  const { t } = useTexts();
  const [number, setNumber] = useState('');
  const [missing, setMissing] = useState(false);
  const find = async () => {
    const page = await call<OrderPage>(`/api/v1/orders?q=${encodeURIComponent(number.trim())}`);
    const exact = page.items.find((each) => each.number.toLowerCase() === number.trim().toLowerCase());
    setMissing(!exact);
    if (exact) link(exact.id);
  };
  return (
    <form
      className="row"
      style={{ alignItems: 'end' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim()) void find();
      }}
    >
      <TextInput size="sm" style={{ flex: 1 }} label={t.cases.orderNumber} value={number} error={missing && t.cases.noSuchOrder} onChange={(event) => setNumber(event.currentTarget.value)} />
      <Button size="sm" type="submit" variant="default">
        {t.cases.relink}
      </Button>
    </form>
  );
}

function Messages({ entry }: { entry: Case }) {
  const { t } = useTexts();
  const names: Record<string, string> = { inbound: t.cases.inbound, outbound: t.cases.outbound, internal: t.cases.internal };
  return (
    <Card id="messages" title={t.cases.messages}>
      {entry.messages.map((each, index) => (
        <div className="entry" key={index}>
          <div className="row apart small quiet">
            <span>
              {worded(names, each.direction)} · {each.author}
            </span>
            <When at={each.at} />
          </div>
          <div className="wrap-any" style={{ whiteSpace: 'pre-wrap' }}>
            {each.text}
          </div>
        </div>
      ))}
    </Card>
  );
}

function LinkCard({ entry }: { entry: Case }) {
  const { t } = useTexts();
  const { link, unlink } = useLink(entry.id);
  const first = entry.decision === 'suggested' ? entry.suggestions[0] : undefined;
  const order = useQuery({ ...queries.order(entry.order_id ?? ''), enabled: !!entry.order_id });
  useKeys(
    useMemo(
      () => ({
        ...(first ? { y: () => link.mutate(first.order_id), n: () => unlink.mutate() } : {}),
      }),
      [first, link, unlink],
    ),
  );
  const error = link.error ?? unlink.error;
  return (
    <Card id="link" title={entry.decision === 'linked' ? t.cases.order : t.cases.evidence} aside={<State of={entry.decision === 'none' ? 'unlinked' : entry.decision} />}>
      <div className="card-body stack tight">
        {error ? <Failure error={error} /> : null}
        {entry.decision === 'linked' && entry.order_id && (
          <>
            <div className="row apart">
              <Link href={`/orders/${entry.order_id}`} className="strong">
                {order.data?.number ?? t.cases.order}
              </Link>
              {order.data && <State of={order.data.status} />}
            </div>
            <p className="small quiet">{t.cases.decidedBy(entry.decided_by ? entry.decided_by.replace(/^agent:/, '') : t.cases.rule)}</p>
            <div>
              <Button size="compact-sm" variant="default" onClick={() => unlink.mutate()}>
                {t.cases.unlink}
              </Button>
            </div>
          </>
        )}
        <Candidates entry={entry} link={(id) => link.mutate(id)} reject={() => unlink.mutate()} />
        <Relink link={(id) => link.mutate(id)} />
      </div>
    </Card>
  );
}

export function CaseView({ id, back }: { id: string; back: string }) {
  const { t } = useTexts();
  const query = useQuery(queries.case(id));
  return (
    <Loaded query={query} height={300}>
      {(entry) => (
        <div className="stack">
          <div className="card">
            <div className="card-body stack tight">
              <div className="row apart">
                <Link href={back} className="small">
                  ‹ {t.back}
                </Link>
                <span className="small quiet">
                  {entry.connector} {entry.external_id}
                  <Copy text={entry.external_id} />
                </span>
              </div>
              <h2 className="wrap-any" style={{ fontSize: 16, lineHeight: '24px' }}>
                {entry.subject}
              </h2>
              <div className="row">
                <State of={entry.state} />
                <span className="wrap-any">
                  {entry.requester.name} <span className="quiet">{entry.requester.email}</span>
                </span>
                {entry.customer_id && <Link href={`/customers/${entry.customer_id}`}>{t.customer.all}</Link>}
                {entry.url && /^https?:/.test(entry.url) && (
                  <a href={entry.url} target="_blank" rel="noreferrer">
                    {t.cases.openDesk}
                  </a>
                )}
              </div>
            </div>
          </div>
          <LinkCard entry={entry} />
          <Messages entry={entry} />
        </div>
      )}
    </Loaded>
  );
}
