import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../../api/client';
import { queries } from '../../api/queries';
import type { Delivery } from '../../api/types';
import { session } from '../../session';
import { useTexts, worded } from '../../texts';
import { Failure, Loaded } from '../../ui/loading';
import { Card, Copy, Note, Scroller, State, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { Drop, Editor, jsonComplaint } from './editor';

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

function Attempts({ of }: { of: Delivery }) {
  const { t } = useTexts();
  return (
    <Card id="attempts" title={t.ops.attempts(of.attempts)}>
      <Scroller labelledBy="attempts">
        <table className="table">
          <tbody>
            {[...(of.history ?? [])].reverse().map((each, index) => (
              <tr key={index}>
                <td>
                  <When at={each.at} seconds />
                </td>
                <td>{worded(t.ops.outcomes, each.outcome ?? '')}</td>
                <td className="wrap-any">
                  {each.code} {each.message && <span className="quiet">{t.quoted(each.message)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}

function Facts({ of }: { of: Delivery }) {
  const { t } = useTexts();
  return (
    <Card id="facts" title={t.ops.facts}>
      <div className="card-body">
        <dl className="pairs left">
          <dt>{t.ops.system}</dt>
          <dd>{of.connector}</dd>
          <dt>{t.order.title}</dt>
          <dd>{of.order_id ? <Link href={`/orders/${of.order_id}`}>{t.ops.openOrder}</Link> : '–'}</dd>
          <dt>{t.ops.key}</dt>
          <dd className="wrap-any">
            {of.key}
            <Copy text={of.key} />
          </dd>
          <dt>{t.ops.created}</dt>
          <dd>
            <When at={of.created_at} seconds />
          </dd>
          {of.state === 'waiting' && (
            <>
              <dt>{t.ops.nextTry}</dt>
              <dd>
                <When at={of.next_at} seconds />
              </dd>
            </>
          )}
          {of.waiting_behind && (
            <>
              <dt>{t.ops.behind}</dt>
              <dd>{of.waiting_behind.count}</dd>
            </>
          )}
        </dl>
      </div>
    </Card>
  );
}

function Effects() {
  const { t } = useTexts();
  return <Note role="neutral">{t.ops.sameKey}</Note>;
}

/** A message to an outside system: what it says, what became of it, and what can be done. */
export default function DeliveryView({ id }: { id: string }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useQuery(queries.delivery(id));
  const mayAct = session.may('operations.act');
  const path = `/api/v1/deliveries/${encodeURIComponent(id)}`;
  const done = (answer: Delivery) => {
    client.setQueryData(queries.delivery(id).queryKey, answer);
    void client.invalidateQueries({ queryKey: ['deliveries'] });
    void client.invalidateQueries({ queryKey: ['delivery', id] });
    if (answer.order_id) void client.invalidateQueries({ queryKey: ['order', answer.order_id] });
  };
  const send = async (verb: string, body?: unknown) => done(await call<Delivery>(`${path}:${verb}`, { method: 'POST', ...(body ? { body } : {}) }));
  const retry = useMutation({ mutationFn: () => send('retry') });
  useTitle(query.data && worded(t.steps, query.data.kind));
  return (
    <Loaded query={query} height={400}>
      {(delivery) => (
        <div className="stack">
          <div className="page-head">
            <div className="row">
              <h1>{worded(t.steps, delivery.kind)}</h1>
              <State of={delivery.state} filled />
            </div>
            {mayAct && delivery.state === 'parked' && (
              <div className="row">
                <Drop drop={(reason) => send('drop', { reason })} />
                <Button size="sm" loading={retry.isPending} onClick={() => retry.mutate()}>
                  {delivery.original ? t.ops.sendEdited : t.ops.sendUnchanged}
                </Button>
              </div>
            )}
          </div>
          {retry.error && <Failure error={retry.error} />}
          {delivery.error && <Note role="bad">{`${delivery.error.code}: ${t.quoted(delivery.error.message)}`}</Note>}
          <div className="columns">
            <Card id="payload" title={t.ops.message}>
              <div className="card-body">
                {mayAct && delivery.state === 'parked' ? (
                  <Editor text={pretty(delivery.payload)} original={delivery.original ? pretty(delivery.original.payload) : undefined} check={jsonComplaint} save={(text) => send('edit', { payload: JSON.parse(text) as unknown })} />
                ) : (
                  <pre className="code" tabIndex={0}>{pretty(delivery.payload)}</pre>
                )}
                {delivery.result && (
                  <>
                    <h3 style={{ margin: '12px 0 6px' }}>{t.ops.result}</h3>
                    <pre className="code" tabIndex={0}>{pretty(delivery.result)}</pre>
                  </>
                )}
              </div>
            </Card>
            <div className="stack side">
              <Facts of={delivery} />
              <Attempts of={delivery} />
              {delivery.state === 'parked' && <Effects />}
            </div>
          </div>
        </div>
      )}
    </Loaded>
  );
}
