import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { call } from '../api/client';
import { queries } from '../api/queries';
import type { Customer } from '../api/types';
import { useTexts, worded } from '../texts';
import { Dialog } from '../ui/dialog';
import { Empty, Failure, Loaded } from '../ui/loading';
import { Actor, Badge, Card, Scroller, State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { OrderTable } from './order_table';

type Identity = Customer['identities'][number];
type Change = { verb: 'join' | 'split'; title: string; label: string; body: (reason: string) => unknown };

/** Joining and splitting are a person's word: with a reason, kept in the history. */
function ReasonDialog({ id, change, close }: { id: string; change: Change; close: () => void }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () => call<Customer>(`/api/v1/customers/${encodeURIComponent(id)}:${change.verb}`, { method: 'POST', body: change.body(reason.trim()) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customer'] });
      await client.invalidateQueries({ queryKey: ['orders'] });
      close();
    },
  });
  return (
    <Dialog title={change.title} close={close} size={480}>
      <div className="stack">
        <TextInput data-autofocus label={change.label} value={reason} maxLength={200} required onChange={(event) => setReason(event.currentTarget.value)} />
        {send.error && <Failure error={send.error} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            {t.back}
          </Button>
          <Button disabled={!reason.trim()} loading={send.isPending} onClick={() => send.mutate()}>
            {change.title}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Identities({ customer, split }: { customer: Customer; split: (identity: Identity) => void }) {
  const { t } = useTexts();
  return (
    <Card id="identities" title={t.customer.identities}>
      {customer.identities.map((each) => (
        <div className="entry" key={`${each.connector} ${each.external_id} ${each.email}`}>
          <div className="row apart">
            <span className="wrap-any">
              <span className="small quiet">{each.email ? t.customer.email : t.customer.idAt(each.connector ?? '')}</span>
              <br />
              <b>{each.email ?? each.external_id}</b>
            </span>
            {customer.identities.length > 1 && customer.kind === 'person' && (
              <Button size="compact-xs" variant="default" onClick={() => split(each)}>
                {t.customer.split}
              </Button>
            )}
          </div>
          <span className="small quiet">{each.reason}</span>
        </div>
      ))}
    </Card>
  );
}

function History({ customer }: { customer: Customer }) {
  const { t } = useTexts();
  return (
    <Card id="history" title={t.customer.history}>
      {customer.history.map((each, index) => (
        <div className="entry" key={index}>
          <span>
            <b>{worded(t.customer.what, each.what)}</b> {each.why}
          </span>
          <span className="small quiet">
            <When at={each.at} /> · <Actor of={each.actor} />
          </span>
        </div>
      ))}
    </Card>
  );
}

function Suggestions({ customer, join }: { customer: Customer; join: (other: string) => void }) {
  const { t } = useTexts();
  if (!customer.suggestions.length) return null;
  return (
    <Card id="suggestions" title={t.customer.suggestions}>
      {customer.suggestions.map((each) => (
        <div className="entry" key={each.id}>
          <div className="row apart">
            <Link href={`/customers/${each.id}`} className="strong">
              {each.name}
            </Link>
            <Button size="compact-xs" variant="default" onClick={() => join(each.id)}>
              {t.customer.join}
            </Button>
          </div>
          {each.evidence.map((one) => (
            <span className="small quiet" key={one}>
              {one}
            </span>
          ))}
        </div>
      ))}
    </Card>
  );
}

function Orders({ id, count }: { id: string; count: number }) {
  const { t } = useTexts();
  const query = useQuery(queries.orders({ customer: id, limit: 100 }));
  return (
    <Card id="orders" title={t.search.orders(count)} aside={<span className="small quiet">{t.customer.newest}</span>}>
      <Loaded query={query} height={160}>
        {(page) => (page.items.length ? <OrderTable orders={page.items} labelledBy="orders" /> : <Empty>{t.customer.noOrders}</Empty>)}
      </Loaded>
    </Card>
  );
}

function Cases({ id, count }: { id: string; count: number }) {
  const { t } = useTexts();
  const query = useQuery(queries.cases({ customer: id, limit: 100 }));
  return (
    <Card id="cases" title={t.search.cases(count)}>
      <Loaded query={query} height={120}>
        {(page) =>
          page.items.length ? (
            <Scroller labelledBy="cases">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t.cases.subject}</th>
                    <th scope="col">{t.cases.desk}</th>
                    <th scope="col">{t.cases.state}</th>
                    <th scope="col">{t.cases.updated}</th>
                  </tr>
                </thead>
                <tbody>
                  {page.items.map((each) => (
                    <tr key={each.id}>
                      <td className="wrap-any">
                        <Link href={`/cases/${each.id}`} className="strong">
                          {each.subject}
                        </Link>
                      </td>
                      <td className="one-line">
                        {each.connector} {each.external_id}
                      </td>
                      <td>
                        <State of={each.state ?? 'open'} />
                      </td>
                      <td>
                        <When at={each.updated_at ?? null} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroller>
          ) : (
            <Empty>{t.customer.noCases}</Empty>
          )
        }
      </Loaded>
    </Card>
  );
}

const identityBody = (each: Identity) => (each.email ? { email: each.email } : { connector: each.connector, external_id: each.external_id });

export default function CustomerPage() {
  const { t } = useTexts();
  const { id = '' } = useParams<{ id: string }>();
  const query = useQuery(queries.customer(id));
  const [change, setChange] = useState<Change | null>(null);
  useTitle(query.data?.name);
  return (
    <div className="page">
      <Loaded query={query} height={400}>
        {(customer) => (
          <>
            <div className="page-head">
              <div className="row">
                <h1>{customer.name || t.search.noName}</h1>
                <Badge role="neutral">{worded(t.customer.kind, customer.kind)}</Badge>
              </div>
            </div>
            <div className="columns">
              <div className="stack">
                <Orders id={customer.id} count={customer.orders} />
                <Cases id={customer.id} count={customer.cases} />
              </div>
              <div className="stack side">
                <Identities customer={customer} split={(each) => setChange({ verb: 'split', title: t.customer.split, label: t.customer.splitReason, body: (reason) => ({ identities: [identityBody(each)], reason }) })} />
                <Suggestions customer={customer} join={(other) => setChange({ verb: 'join', title: t.customer.join, label: t.customer.joinReason, body: (reason) => ({ other, reason }) })} />
                {[...customer.accounts, ...customer.buyers].length > 0 && (
                  <Card id="accounts" title={customer.kind === 'account' ? t.customer.buyers : t.customer.accounts}>
                    {[...customer.accounts, ...customer.buyers].map((each) => (
                      <div className="entry" key={each.id}>
                        <Link href={`/customers/${each.id}`}>{each.name}</Link>
                      </div>
                    ))}
                  </Card>
                )}
                <History customer={customer} />
              </div>
            </div>
            {change && <ReasonDialog id={customer.id} change={change} close={() => setChange(null)} />}
          </>
        )}
      </Loaded>
    </div>
  );
}
