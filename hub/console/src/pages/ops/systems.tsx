import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../../api/client';
import { queries } from '../../api/queries';
import type { CheckResult, Connector } from '../../api/types';
import { session } from '../../session';
import { useTexts, worded } from '../../texts';
import type { Role } from '../../ui/icons';
import { Failure, Loaded } from '../../ui/loading';
import { Badge, Card, Note } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { FirstRun } from './first_run';

const LOOK_AGAIN_MS = 5_000;

function Health({ of }: { of: Connector }) {
  const { t } = useTexts();
  const breaker = of.state?.breaker ?? 'closed';
  const [role, text]: [Role, string] =
    breaker === 'open' || of.state?.paused ? ['bad', t.ops.unreachable] : breaker === 'half_open' ? ['warn', t.ops.trying] : of.state?.poll_error ? ['warn', t.ops.pollFailed] : ['good', t.ops.working];
  return (
    <Badge role={role} bare={role === 'good'}>
      {text}
    </Badge>
  );
}

function Check({ name }: { name: string }) {
  const { t } = useTexts();
  const check = useMutation({ mutationFn: () => call<CheckResult>(`/api/v1/connectors/${encodeURIComponent(name)}:check`, { method: 'POST' }) });
  return (
    <div className="stack tight" style={{ marginTop: 10 }}>
      <div>
        <Button size="compact-sm" variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t.ops.check}
        </Button>
      </div>
      {check.error && <Failure error={check.error} />}
      {check.data && (
        <Note role={check.data.ok ? 'good' : 'bad'}>
          <span role="status">{check.data.ok ? t.ops.checkGood : `${worded(t.ops.outcomes, check.data.outcome)}. ${t.quoted(check.data.message)}`}</span>
        </Note>
      )}
    </div>
  );
}

/** What its own process has to say, if it does not simply run. */
function Process({ of }: { of: Connector }) {
  const { t } = useTexts();
  const process = of.process;
  if (!process || (process.state === 'running' && process.ends === 0)) return null;
  return (
    <p className={`small wrap-any ${process.state === 'running' ? 'quiet' : 'ink-warn'}`}>
      {worded(t.ops.processStates, process.state)}. {t.ops.ended(process.ends)} {process.last_end && t.quoted(process.last_end)}
    </p>
  );
}

function Tile({ of }: { of: Connector }) {
  const { t, f } = useTexts();
  const { state, rate, backlog } = of;
  const limit = rate?.limit ? t.ops.rateLimit(f.count(rate.limit.interval_ms ?? 0), f.count(rate.limit.burst ?? 0)) : t.ops.noLimit;
  const rows: [string, string][] = [
    [t.ops.waiting, f.count((backlog.messages ?? 0) + (backlog.deliveries ?? 0))],
    [t.ops.accepted, f.count(state?.accepted ?? 0)],
    [t.ops.applied, f.count(state?.applied ?? 0)],
    [t.ops.delivered, f.count(state?.delivered ?? 0)],
    [t.ops.polls, `${f.count(state?.polls ?? 0)} / ${f.count(state?.poll_failures ?? 0)}`],
    [t.ops.limit, limit],
    [t.ops.place, of.process ? worded(t.ops.places, of.process.isolation) : t.ops.places.in_process!],
    [t.ops.library, `${of.connector} ${of.version} (${worded(t.ops.stability, of.stability)})`],
  ];
  const parked = (backlog.parked_deliveries ?? 0) + (backlog.parked_messages ?? 0);
  return (
    <Card id={of.name} title={of.name} aside={<Health of={of} />}>
      <div className="card-body">
        <p className="small quiet" style={{ marginBottom: 8 }}>
          {worded(t.ops.kinds, of.kind)}. {of.summary}
        </p>
        <dl className="pairs">
          <dt>{t.ops.parked}</dt>
          <dd className="figure">{parked ? <Link href={`/ops/messages?connector=${of.name}`} className="strong ink-bad">{f.count(parked)}</Link> : '0'}</dd>
          {rows.map(([name, value]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} value`} className="digits" style={{ textAlign: 'right' }}>
              {value}
            </dd>,
          ])}
        </dl>
        <Process of={of} />
        {state?.poll_error && <p className="small ink-warn wrap-any">{t.quoted(state.poll_error)}</p>}
        {rate?.reason && rate.held_for_ms > 0 && <p className="small quiet">{t.ops.held(rate.reason)}</p>}
        <p className="small quiet wrap-any" style={{ marginTop: 8 }}>
          {t.ops.can} {[...of.records, ...of.commands].map((each) => worded(t.steps, each)).join(', ')}
        </p>
        {session.may('connectors.check') && <Check name={of.name} />}
      </div>
    </Card>
  );
}

export default function SystemsPage() {
  const { t } = useTexts();
  useTitle(t.rail.systems);
  const query = useQuery({ ...queries.connectors(), refetchInterval: LOOK_AGAIN_MS });
  return (
    <div className="page stack">
      <div className="page-head">
        <h1>{t.rail.systems}</h1>
        {session.may('operations.read') && <Link href="/ops/configuration">{t.ops.configuration}</Link>}
      </div>
      <Loaded query={query} height={400}>
        {(list) =>
          list.items.length ? (
            <div className="tiles">
              {list.items.map((each) => (
                <Tile key={each.name} of={each} />
              ))}
            </div>
          ) : (
            <FirstRun />
          )
        }
      </Loaded>
    </div>
  );
}
