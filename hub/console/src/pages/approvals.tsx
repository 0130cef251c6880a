import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { call } from '../api/client';
import { queries } from '../api/queries';
import type { Plan, Run, RunSummary } from '../api/types';
import { session } from '../session';
import { useTexts, worded } from '../texts';
import { Empty, Failure, Loaded } from '../ui/loading';
import { Actor, Card, Note, Scroller, State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { Figures, PlannedEffects } from './action/preview_panel';

function List({ runs }: { runs: RunSummary[] }) {
  const { t } = useTexts();
  if (!runs.length) return <Empty>{t.approvals.none}</Empty>;
  return (
    <div className="card">
      <Scroller labelledBy="approvals">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.approvals.what}</th>
              <th scope="col">{t.approvals.by}</th>
              <th scope="col">{t.approvals.waitsFor}</th>
              <th scope="col">{t.order.raised}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((each) => (
              <tr key={each.id}>
                <td className="wrap-any">
                  <Link href={`/approvals/${each.id}`} className="strong">
                    {each.message || each.flow}
                  </Link>
                  <div className="small quiet">{each.flow}</div>
                </td>
                <td>
                  <Actor of={each.started_by} />
                </td>
                <td>{each.ask?.role}</td>
                <td>
                  <When at={each.started_at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

/** Nobody decides about what he asked for himself: the hub refuses it, and the page says so before. */
function Decide({ run }: { run: Run }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [, go] = useLocation();
  const [comment, setComment] = useState('');
  const decide = useMutation({
    mutationFn: (verb: string) => call<Run>(`/api/v1/approvals/${encodeURIComponent(run.id)}:${verb}`, { method: 'POST', body: comment.trim() ? { comment: comment.trim() } : {} }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['approvals'] });
      void client.invalidateQueries({ queryKey: ['run'] });
      if (run.order_id) go(`/orders/${run.order_id}`);
    },
  });
  if (run.state !== 'asking') return <Note role="neutral">{worded(t.states, run.state)}</Note>;
  if (run.started_by === `agent:${session.current().person?.name}`) return <Note role="warn">{t.approvals.own}</Note>;
  if (!session.may('approvals.decide')) return <Note role="warn">{t.approvals.notAllowed}</Note>;
  return (
    <div className="stack tight">
      <Textarea label={t.approvals.comment} autosize minRows={2} maxLength={1000} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
      {decide.error && <Failure error={decide.error} />}
      <div className="row">
        <Button loading={decide.isPending} onClick={() => decide.mutate('approve')}>
          {t.approvals.approve}
        </Button>
        <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate('return')}>
          {t.approvals.giveBack}
        </Button>
        <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate('decline')}>
          {t.approvals.decline}
        </Button>
      </div>
    </div>
  );
}

function Approval({ id }: { id: string }) {
  const { t } = useTexts();
  const query = useQuery(queries.run(id));
  const orderId = query.data?.order_id;
  const order = useQuery({ ...queries.order(orderId ?? ''), enabled: !!orderId }).data;
  return (
    <Loaded query={query} height={400}>
      {(run) => {
        const plan = run.plan as Plan | null | undefined;
        return (
          <div className="columns">
            <div className="stack">
              <Card id="approval" title={run.message || run.flow} aside={<State of={run.state} filled />}>
                <div className="card-body stack tight">
                  <p>
                    {t.approvals.asks} <Actor of={run.started_by} />, <When at={run.started_at} />.{' '}
                    {order && <Link href={`/orders/${order.id}`}>{`${t.order.title} ${order.number}`}</Link>}
                  </p>
                  {plan?.reason && <p>{t.quoted(plan.reason)}</p>}
                  <Decide run={run} />
                </div>
              </Card>
            </div>
            <div className="preview">
              {plan && order ? (
                <Figures plan={plan} order={order}>
                  <PlannedEffects plan={plan} />
                </Figures>
              ) : (
                <p className="quiet">{t.approvals.noPlan}</p>
              )}
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

/** What waits for a decision: with the figures it was asked for, and why. */
export default function ApprovalsPage() {
  const { t } = useTexts();
  useTitle(t.rail.approvals);
  const { id } = useParams<{ id?: string }>();
  const query = useQuery(queries.approvals());
  return (
    <div className="page stack">
      <h1 id="h-approvals">{t.rail.approvals}</h1>
      {id ? (
        <Approval id={id} />
      ) : (
        <Loaded query={query} height={200}>
          {(page) => <List runs={page.items} />}
        </Loaded>
      )}
    </div>
  );
}
