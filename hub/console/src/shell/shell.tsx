import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { session, type Person } from '../session';
import { useTexts } from '../texts';
import { icons } from '../ui/icons';
import { Placeholder } from '../ui/loading';
import { Boundary } from './boundary';
import { Choices } from './choices';
import { useKeys } from './keys';
import { LiveProvider, useLive } from './live';
import { Rail } from './rail';
import { focusSearch, SearchBox } from './search_box';

const KeyList = lazy(() => import('./key_list').then((module) => ({ default: module.KeyList })));
const SearchPage = lazy(() => import('../pages/search'));
const OrderPage = lazy(() => import('../pages/order/page'));
const OrdersPage = lazy(() => import('../pages/orders'));
const CustomerPage = lazy(() => import('../pages/customer'));
const CasesPage = lazy(() => import('../pages/cases'));
const ApprovalsPage = lazy(() => import('../pages/approvals'));
const FlowsPage = lazy(() => import('../pages/ops/flows'));
const ReceivePage = lazy(() => import('../pages/receive'));
const SystemsPage = lazy(() => import('../pages/ops/systems'));
const MessagesPage = lazy(() => import('../pages/ops/messages'));
const EventsPage = lazy(() => import('../pages/ops/events'));
const AuditPage = lazy(() => import('../pages/ops/audit'));
const MetricsPage = lazy(() => import('../pages/ops/metrics'));
const ConfigurationPage = lazy(() => import('../pages/ops/configuration'));
const ReconcilePage = lazy(() => import('../pages/ops/reconcile'));

function LiveMark() {
  const { t } = useTexts();
  const { live } = useLive();
  return (
    <span className="live" data-state={live ? 'live' : 'away'} role="status">
      <i />
      {live ? t.top.live : t.top.reconnecting}
    </span>
  );
}

/** What is wrong with the connection. Only after a moment: a page that just loads is not an outage. */
function Banner() {
  const { t, f } = useTexts();
  const { live, online } = useLive();
  const [since, setSince] = useState<string | null>(null);
  useEffect(() => {
    if (live) return setSince(null);
    const at = new Date().toISOString();
    const timer = setTimeout(() => setSince(at), 2_000);
    return () => clearTimeout(timer);
  }, [live]);
  if (!since) return null;
  return (
    <div className="banner" role="status">
      {online ? t.top.notLive : t.top.offline(f.time(since))}
    </div>
  );
}

function Top({ person, showKeys }: { person: Person; showKeys: () => void }) {
  const { t } = useTexts();
  return (
    <header className="top">
      <SearchBox />
      <span className="space" />
      <LiveMark />
      <button type="button" className="plain-button" aria-label={t.keys.title} onClick={showKeys}>
        ?
      </button>
      <Choices />
      <button type="button" className="plain-button row close" onClick={() => session.end('signed_out')} title={t.top.signOut}>
        {icons.person}
        <span>{person.name}</span>
        <span className="hidden">, {t.top.signOut}</span>
      </button>
    </header>
  );
}

function Pages() {
  const { t } = useTexts();
  return (
    <Switch>
      <Route path="/search" component={SearchPage} />
      <Route path="/orders" component={OrdersPage} />
      <Route path="/orders/:id/*?" component={OrderPage} />
      <Route path="/customers/:id" component={CustomerPage} />
      <Route path="/cases/:id?" component={CasesPage} />
      <Route path="/approvals/:id?" component={ApprovalsPage} />
      <Route path="/ops/flows/:id?" component={FlowsPage} />
      <Route path="/receive" component={ReceivePage} />
      <Route path="/ops/systems" component={SystemsPage} />
      <Route path="/ops/messages/:id?" component={MessagesPage} />
      <Route path="/ops/events" component={EventsPage} />
      <Route path="/ops/audit" component={AuditPage} />
      <Route path="/ops/metrics" component={MetricsPage} />
      <Route path="/ops/configuration" component={ConfigurationPage} />
      <Route path="/ops/reconcile/:id?" component={ReconcilePage} />
      <Route path="/">
        <Redirect to="/search" />
      </Route>
      <Route>
        <div className="page">
          <h1>{t.noSuchPage}</h1>
        </div>
      </Route>
    </Switch>
  );
}

function Frame({ person }: { person: Person }) {
  const { t } = useTexts();
  const [place, go] = useLocation();
  const [keysShown, setKeysShown] = useState(false);
  useKeys(
    useMemo(
      () => ({
        '/': focusSearch,
        '?': () => setKeysShown(true),
        'g o': () => go('/orders'),
        'g c': () => go('/cases'),
        'g a': () => go('/approvals'),
        'g r': () => go('/receive'),
        'g m': () => go('/ops/messages'),
        'g s': () => go('/ops/systems'),
      }),
      [go],
    ),
  );
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t.top.skip}
      </a>
      <Rail />
      <Top person={person} showKeys={() => setKeysShown(true)} />
      <main id="main" tabIndex={-1}>
        <Banner />
        <Boundary place={place}>
          <Suspense fallback={<div className="page"><Placeholder height={320} /></div>}>
            <Pages />
          </Suspense>
        </Boundary>
      </main>
      <Suspense>{keysShown && <KeyList close={() => setKeysShown(false)} />}</Suspense>
    </div>
  );
}

export function Shell({ person }: { person: Person }) {
  return (
    <LiveProvider>
      <Frame person={person} />
    </LiveProvider>
  );
}
