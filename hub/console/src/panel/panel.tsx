import { useEffect, useState } from 'react';
import type { Order, Panel as PanelDocument, ProblemDocument } from '../api/types';
import { useTexts, worded } from '../texts';
import { Money, Note, State, When } from '../ui/parts';

const AGAIN_MS = 30_000;

type Seen = { panel: PanelDocument } | { problem: string };

/** The address of this page is the key to what it shows. */
async function load(signal: AbortSignal): Promise<Seen> {
  const answer = await fetch(`/api/v1${location.pathname}${location.search}`, { signal, credentials: 'omit' });
  if (answer.ok) return { panel: (await answer.json()) as PanelDocument };
  return { problem: ((await answer.json().catch(() => ({}))) as Partial<ProblemDocument>).code ?? 'no_answer' };
}

/** Looks again now and then while somebody sees it. */
function useSeen(): Seen | null {
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    const end = new AbortController();
    const look = () =>
      document.visibilityState === 'visible' &&
      load(end.signal).then(setSeen, () => {
        if (!end.signal.aborted) setSeen((before) => before ?? { problem: 'no_answer' });
      });
    void look();
    const timer = setInterval(look, AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      end.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return seen;
}

function Figures({ order }: { order: Order }) {
  const { t } = useTexts();
  const rows: [string, string][] = [
    [t.panel.total, order.totals.current.inc],
    [t.panel.paid, order.money.captured!],
    [t.panel.refunded, order.money.refunded!],
    [t.panel.underWay, order.money.refunds_under_way!],
    [t.panel.unconfirmed, order.money.refunds_unknown!],
    [t.panel.due, order.money.balance_due!],
  ];
  return (
    <dl className="panel-facts">
      {rows
        .filter(([, amount], index) => index === 0 || /[1-9]/.test(amount))
        .map(([name, amount]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className="quiet">{name}</dt>
            <dd>
              <Money amount={amount} currency={order.currency} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Lines({ order }: { order: Order }) {
  const { t } = useTexts();
  return (
    <ul className="panel-list">
      {order.lines.filter((line) => line.kind === 'product').map((line) => (
        <li key={line.id}>
          {line.quantities.ordered} × {line.name} <span className="quiet small">{line.sku}</span>
          <div className="small quiet">
            {(['fulfilled', 'returned', 'cancelled'] as const)
              .filter((each) => (line.quantities[each] ?? 0) > 0)
              .map((each) => `${line.quantities[each]} ${worded(t.panel.counters, each)}`)
              .join(', ')}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Parcels({ order }: { order: Order }) {
  const { t } = useTexts();
  if (!order.fulfilments.length) return null;
  return (
    <section className="panel-part">
      <h2>{t.order.fulfilments}</h2>
      <ul className="panel-list">
        {order.fulfilments.map((each) => (
          <li key={each.id} className="row apart">
            <span>
              {each.carrier}{' '}
              {/^https?:\/\//.test(each.tracking_url) ? (
                <a href={each.tracking_url} target="_blank" rel="noreferrer">
                  {each.tracking_number}
                </a>
              ) : (
                each.tracking_number
              )}
            </span>
            <State of={each.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OrderPanel({ panel, order }: { panel: PanelDocument; order: Order }) {
  const { t } = useTexts();
  const page = (id: string) => `${panel.hub}/orders/${encodeURIComponent(id)}`;
  return (
    <>
      <div className="row apart">
        <h1>{order.number}</h1>
        <State of={order.status} filled />
      </div>
      <p className="wrap-any">
        {order.customer.name} <span className="quiet">{order.customer.email}</span>
      </p>
      <p className="small quiet">
        <When at={order.placed_at} /> · {t.system(order.connector)}
      </p>
      {order.exceptions
        .filter((each) => each.status === 'active')
        .map((each) => (
          <Note key={each.id} role="warn">
            {each.message}
          </Note>
        ))}
      <section className="panel-part">
        <Figures order={order} />
      </section>
      <section className="panel-part">
        <h2>{t.panel.items}</h2>
        <Lines order={order} />
      </section>
      <Parcels order={order} />
      {panel.other_orders.length > 0 && (
        <section className="panel-part">
          <h2>{t.panel.others}</h2>
          <ul className="panel-list">
            {panel.other_orders.map((each) => (
              <li key={each.id} className="row apart">
                <a href={page(each.id)} target="_blank" rel="noreferrer">
                  {each.number}
                </a>
                <State of={each.status} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="panel-part row apart">
        <a href={page(order.id)} target="_blank" rel="noreferrer" className="strong">
          {t.panel.open}
        </a>
        <a href={`${panel.hub}/cases/${encodeURIComponent(panel.case.id)}`} target="_blank" rel="noreferrer" className="small">
          {t.panel.wrong}
        </a>
      </p>
    </>
  );
}

export function Panel() {
  const { t } = useTexts();
  const seen = useSeen();
  if (!seen) return null;
  if ('problem' in seen) return <Note role="warn">{worded(t.panel.problems, seen.problem)}</Note>;
  const { panel } = seen;
  if (panel.order) return <OrderPanel panel={panel} order={panel.order} />;
  return (
    <>
      <h1>{t.panel.none}</h1>
      <p>{panel.case.suggestions.length ? t.panel.suggested(panel.case.suggestions.length) : t.panel.nothing}</p>
      <p className="panel-part">
        <a href={`${panel.hub}/cases/${encodeURIComponent(panel.case.id)}`} target="_blank" rel="noreferrer" className="strong">
          {t.panel.choose}
        </a>
      </p>
    </>
  );
}
