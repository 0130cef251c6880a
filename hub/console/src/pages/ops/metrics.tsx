import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTexts } from '../../texts';
import { Failure, Placeholder } from '../../ui/loading';
import { useTitle } from '../../ui/title';
import { Plot, type Series } from './plot';
import { gauge, labelValues, mean, parseMetrics, rate, type Sample } from './samples';

const EVERY_MS = 2_000;
const KEPT = 900;

/** Kept outside of the page, so that a look at another page does not cut the lines. */
let kept: Sample[] = [];

function useSamples() {
  const [samples, setSamples] = useState(kept);
  const query = useQuery({
    queryKey: ['metrics'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('/metrics', { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return { at: Date.now() / 1000, values: parseMetrics(await answer.text()) };
    },
    refetchInterval: EVERY_MS,
    gcTime: 0,
  });
  useEffect(() => {
    if (!query.data) return;
    kept = [...kept, query.data].slice(-KEPT);
    setSamples(kept);
  }, [query.data]);
  return { samples, error: query.error };
}

export default function MetricsPage() {
  const { t } = useTexts();
  useTitle(t.rail.metrics);
  const { samples, error } = useSamples();
  const newest = samples[samples.length - 1];
  if (!newest) return <div className="page stack"><h1>{t.rail.metrics}</h1>{error ? <Failure error={error} /> : <Placeholder height={400} />}</div>;
  const names = labelValues(newest.values, 'orderhub_routing_total', 'connector');
  const each = (make: (connector: string) => (number | null)[]): Series[] => names.map((name) => ({ name, values: make(name) }));
  const plots: [string, string, Series[]][] = [
    [t.ops.plots.applied, t.ops.perSecond, each((connector) => rate(samples, 'orderhub_routing_total', { connector, event: 'applied' }))],
    [t.ops.plots.delivered, t.ops.perSecond, each((connector) => rate(samples, 'orderhub_routing_total', { connector, event: 'delivered' }))],
    [t.ops.plots.waiting, t.ops.messagesUnit, each((connector) => gauge(samples, 'orderhub_deliveries', { connector, state: 'waiting' }))],
    [t.ops.plots.parked, t.ops.messagesUnit, each((connector) => gauge(samples, 'orderhub_deliveries', { connector, state: 'parked' }))],
    [t.ops.plots.inbox, t.ops.messagesUnit, each((connector) => gauge(samples, 'orderhub_inbox_messages', { connector, state: 'waiting' }))],
    [t.ops.plots.retried, t.ops.perSecond, each((connector) => rate(samples, 'orderhub_routing_total', { connector, event: 'retried' }))],
    [t.ops.plots.requests, t.ops.perSecond, [{ name: t.ops.plots.requests, values: rate(samples, 'orderhub_http_requests_total', {}) }]],
    [t.ops.plots.answer, t.ops.milliseconds, [{ name: t.ops.plots.answer, values: mean(samples, 'orderhub_http_request_seconds', {}).map((value) => (value === null ? null : value * 1000)) }]],
  ];
  const at = samples.map((sample) => sample.at);
  return (
    <div className="page stack">
      <div className="page-head">
        <h1>{t.rail.metrics}</h1>
        <span className="small quiet">{t.ops.sinceOpen}</span>
      </div>
      {error && <Failure error={error} />}
      <div className="plots">
        {plots.map(([title, unit, series]) => (
          <Plot key={title} title={title} unit={unit} at={at} series={series} />
        ))}
      </div>
    </div>
  );
}
