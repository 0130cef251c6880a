import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { queries } from '../api/queries';
import { session } from '../session';
import { useTexts } from '../texts';
import { icons } from '../ui/icons';

type Entry = { to: string; icon: keyof typeof icons; name: string; count?: number };

/** How much is parked: what an operator has to see from every page. */
function useParked(): number {
  const { data } = useQuery({ ...queries.connectors(), refetchInterval: 60_000 });
  return data?.items.reduce((sum, each) => sum + (each.backlog.parked_deliveries ?? 0) + (each.backlog.parked_messages ?? 0), 0) ?? 0;
}

export function Rail() {
  const { t } = useTexts();
  const [place] = useLocation();
  const parked = useParked();
  const unlinked = useQuery(queries.cases({ decision: 'suggested', limit: 100 })).data?.items.length ?? 0;
  const asking = useQuery(queries.approvals()).data?.items.length ?? 0;
  const service: Entry[] = [
    { to: '/search', icon: 'search', name: t.rail.search },
    { to: '/orders', icon: 'orders', name: t.rail.orders },
    { to: '/cases', icon: 'cases', name: t.rail.cases, count: unlinked },
    { to: '/approvals', icon: 'approvals', name: t.rail.approvals, count: asking },
    { to: '/receive', icon: 'receive', name: t.rail.receive },
  ];
  const operations: Entry[] = [
    { to: '/ops/systems', icon: 'systems', name: t.rail.systems },
    { to: '/ops/messages', icon: 'messages', name: t.rail.messages, count: parked },
    { to: '/ops/flows', icon: 'flows', name: t.rail.flows },
    { to: '/ops/events', icon: 'events', name: t.rail.events },
    ...(session.may('audit.read') ? [{ to: '/ops/audit', icon: 'audit', name: t.rail.audit } as const] : []),
    { to: '/ops/metrics', icon: 'metrics', name: t.rail.metrics },
    ...(session.may('reconciliations.run') ? [{ to: '/ops/reconcile', icon: 'reconcile', name: t.rail.reconcile } as const] : []),
  ];
  const link = ({ to, icon, name, count }: Entry) => (
    <Link key={to} href={to} aria-current={place === to || place.startsWith(`${to}/`) ? 'page' : undefined}>
      {icons[icon]}
      {name}
      {count ? (
        <span className="count">
          <span className="hidden">, </span>
          {count}
        </span>
      ) : null}
    </Link>
  );
  return (
    <nav className="rail" aria-label={t.rail.name}>
      <div className="mark" aria-hidden="true">
        <svg width="26" height="26" viewBox="0 0 26 26">
          <circle cx="13" cy="13" r="12" fill="#376fd0" />
          <path d="M7 13h12M13 7v12" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
        </svg>
      </div>
      {service.map(link)}
      <hr />
      {operations.map(link)}
    </nav>
  );
}
