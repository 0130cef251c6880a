import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { call } from '../../api/client';
import type { Event, EventPage } from '../../api/types';
import { useLive } from '../../shell/live';
import { useTexts } from '../../texts';
import { icons } from '../../ui/icons';
import { Empty, Loaded } from '../../ui/loading';
import { Actor, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { roleOfEvent, sentence } from '../event_text';

const NEWEST = 500;
const MOST = 2_000;

/** Words of the search in any of what is shown of an event. */
function fits(event: Event, text: string): boolean {
  const all = `${event.type} ${event.actor} ${event.order_id} ${event.case_id} ${event.trace} ${JSON.stringify(event.data)}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function save(events: Event[]): void {
  const url = URL.createObjectURL(new Blob([events.map((each) => JSON.stringify(each)).join('\n')], { type: 'application/x-ndjson' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'orderhub-events.ndjson' });
  link.click();
  URL.revokeObjectURL(url);
}

function Row({ event }: { event: Event }) {
  const { t, f } = useTexts();
  const role = roleOfEvent(event);
  return (
    <tr>
      <td className="one-line">
        <When at={event.at} seconds />
        <div className="small quiet digits">{event.sequence}</div>
      </td>
      <td>
        <span className={`row close ink-${role}`} style={{ flexWrap: 'nowrap' }}>
          {icons[role]} <code className="small">{event.type}</code>
        </span>
      </td>
      <td className="wrap-any">
        {sentence(event, t, f)}
        <details className="small">
          <summary>{t.ops.raw}</summary>
          <pre className="code">{JSON.stringify(event, null, 2)}</pre>
        </details>
      </td>
      <td>
        <Actor of={event.actor} />
      </td>
      <td>
        {event.order_id && <Link href={`/orders/${event.order_id}`}>{t.order.title}</Link>} {event.case_id && <Link href={`/cases/${event.case_id}`}>{t.cases.subject}</Link>}
      </td>
    </tr>
  );
}

/** The journal: who did what, newest first. New lines wait above until they are asked for, so that no row moves away. */
export default function EventsPage() {
  const { t } = useTexts();
  useTitle(t.rail.events);
  const { heard } = useLive();
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get('find') ?? '';
  const [waiting, setWaiting] = useState<Event[]>([]);
  const [added, setAdded] = useState<Event[]>([]);
  const query = useQuery({ queryKey: ['events', 'newest'], queryFn: ({ signal }) => call<EventPage>(`/api/v1/events?newest=${NEWEST}&limit=${NEWEST}`, { signal }), staleTime: Infinity });
  useEffect(() => heard((events) => setWaiting((before) => [...before, ...events].slice(-MOST))), [heard]);
  const show = () => {
    setAdded((before) => [...before, ...waiting].slice(-MOST));
    setWaiting([]);
  };
  const set = (value: string) => setParameters(value ? { find: value } : {}, { replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <h1 id="h-events">{t.rail.events}</h1>
      </div>
      <Loaded query={query} height={400}>
        {(page) => {
          const seen = new Set(page.items.map((each) => each.sequence));
          const all = [...page.items, ...added.filter((each) => !seen.has(each.sequence))].reverse();
          const shown = text.trim() ? all.filter((each) => fits(each, text.trim())) : all;
          return (
            <>
              <div className="filters">
                <TextInput size="sm" w={360} label={t.ops.findEvents} value={text} onChange={(event) => set(event.currentTarget.value)} />
                <Button size="sm" variant="default" onClick={() => save(shown)}>
                  {t.ops.saveAs}
                </Button>
                <span className="small quiet">{t.ops.eventsShown(shown.length)}</span>
              </div>
              {waiting.length > 0 && (
                <Button size="compact-sm" variant="default" fullWidth mb={8} onClick={show}>
                  {t.ops.newEvents(waiting.length)}
                </Button>
              )}
              {shown.length ? (
                <div className="card scroller" role="region" tabIndex={0} aria-labelledby="h-events">
                  <table className="table">
                    <thead>
                      <tr>
                        <th scope="col">{t.order.when}</th>
                        <th scope="col">{t.ops.type}</th>
                        <th scope="col">{t.order.what}</th>
                        <th scope="col">{t.ops.who}</th>
                        <th scope="col">{t.ops.about}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {shown.slice(0, NEWEST).map((each) => (
                        <Row key={each.sequence} event={each} />
                      ))}
                    </tbody>
                  </table>
                </div>
              ) : (
                <Empty>{t.ops.nothingHere}</Empty>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
