import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import { call } from '../../api/client';
import { queries } from '../../api/queries';
import type { Run, RunSummary } from '../../api/types';
import { session } from '../../session';
import { useTexts, worded } from '../../texts';
import { icons } from '../../ui/icons';
import { Empty, Failure, Loaded } from '../../ui/loading';
import { Actor, Card, Note, Scroller, State, When } from '../../ui/parts';
import { roleOf } from '../../ui/roles';
import { useTitle } from '../../ui/title';

const STATES = ['waiting', 'asking', 'failed', 'done', 'cancelled', 'declined', 'returned'];

function List({ runs }: { runs: RunSummary[] }) {
  const { t } = useTexts();
  if (!runs.length) return <Empty>{t.flows.none}</Empty>;
  return (
    <div className="card">
      <Scroller labelledBy="flows">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.flows.flow}</th>
              <th scope="col">{t.order.state}</th>
              <th scope="col">{t.flows.message}</th>
              <th scope="col">{t.ops.about}</th>
              <th scope="col">{t.cases.updated}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((each) => (
              <tr key={each.id}>
                <td>
                  <Link href={`/ops/flows/${each.id}`} className="strong">
                    {each.flow}
                  </Link>{' '}
                  <span className="small quiet">v{each.flow_version}</span>
                </td>
                <td>
                  <State of={each.state} />
                </td>
                <td className="wrap-any">{each.message}</td>
                <td>{each.order_id && <Link href={`/orders/${each.order_id}`}>{t.order.title}</Link>}</td>
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

function Operations({ run, changed }: { run: Run; changed: (run: Run) => void }) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const path = `/api/v1/flow-runs/${encodeURIComponent(run.id)}`;
  const cancel = useMutation({ mutationFn: () => call<Run>(`${path}:cancel`, { method: 'POST', body: { reason: reason.trim() } }), onSuccess: changed });
  const retry = useMutation({ mutationFn: () => call<Run>(`${path}:retry`, { method: 'POST' }), onSuccess: changed });
  const over = ['done', 'cancelled', 'declined', 'returned', 'undone'].includes(run.state);
  if (over || !session.may('flows.manage')) return null;
  const error = cancel.error ?? retry.error;
  return (
    <div className="filters">
      {run.state === 'failed' && (
        <Button size="sm" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t.flows.retry}
        </Button>
      )}
      <TextInput size="sm" w={280} label={t.flows.cancelReason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Button size="sm" variant="default" disabled={!reason.trim()} loading={cancel.isPending} onClick={() => cancel.mutate()}>
        {t.flows.cancel}
      </Button>
      {error ? <Failure error={error} /> : null}
    </div>
  );
}

/** The steps in their order, each with what went in and came out. */
function Steps({ run }: { run: Run }) {
  const { t, f } = useTexts();
  return (
    <Card id="steps" title={t.flows.steps}>
      <ol>
        {(run.steps ?? []).map((each) => {
          const role = roleOf(each.state === 'skipped' ? 'ignored' : each.state);
          return (
            <li key={each.number} className="entry">
              <div className="row apart">
                <span className={`row close ink-${role}`}>
                  {icons[role]} <b>{each.step}</b> <span className="quiet">{each.kind}</span>
                </span>
                <span className="small quiet digits">
                  <When at={each.started_at} seconds /> {each.duration_ms !== null && `· ${f.count(each.duration_ms)} ms`}
                </span>
              </div>
              {each.by && (
                <span className="small quiet">
                  <Actor of={each.by} /> {each.comment && t.quoted(each.comment)}
                </span>
              )}
              {each.error && <span className="small ink-bad wrap-any">{JSON.stringify(each.error)}</span>}
              <details className="small">
                <summary>{t.flows.data}</summary>
                <pre className="code">{JSON.stringify({ input: each.input, output: each.output }, null, 2)}</pre>
              </details>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function RunView({ id }: { id: string }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useQuery({ ...queries.run(id), refetchInterval: 3_000 });
  return (
    <Loaded query={query} height={300}>
      {(run) => (
        <div className="stack">
          <div className="row">
            <b>{run.flow}</b> <span className="quiet">v{run.flow_version}</span> <State of={run.state} filled />
            <span className="small quiet">
              <Actor of={run.started_by} /> · <When at={run.started_at} seconds />
            </span>
            {run.order_id && <Link href={`/orders/${run.order_id}`}>{t.ops.openOrder}</Link>}
            {run.state === 'asking' && <Link href={`/approvals/${run.id}`}>{t.rail.approvals}</Link>}
          </div>
          {run.message && <Note role={roleOf(run.state)}>{run.message}</Note>}
          <Operations run={run} changed={(next) => client.setQueryData(queries.run(id).queryKey, next)} />
          <Steps run={run} />
        </div>
      )}
    </Loaded>
  );
}

export default function FlowsPage() {
  const { t } = useTexts();
  useTitle(t.rail.flows);
  const { id } = useParams<{ id?: string }>();
  const [parameters, setParameters] = useSearchParams();
  const state = parameters.get('state') ?? '';
  const query = useQuery({ ...queries.runs(state), enabled: !id });
  return (
    <div className="page stack">
      <h1 id="h-flows">{t.rail.flows}</h1>
      {id ? (
        <RunView id={id} />
      ) : (
        <>
          <Select size="sm" w={220} label={t.order.state} clearable clearButtonProps={{ 'aria-label': t.orders.anyState }} placeholder={t.orders.anyState} comboboxProps={{ transitionProps: { duration: 0 } }} data={STATES.map((value) => ({ value, label: worded(t.states, value) }))} value={state || null} onChange={(value) => setParameters(value ? { state: value } : {})} />
          <Loaded query={query} height={200}>
            {(page) => <List runs={page.items} />}
          </Loaded>
        </>
      )}
    </div>
  );
}
