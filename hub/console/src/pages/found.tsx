/** What a text finds: customers, orders and cases, at once. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries';
import type { CaseSummary, CustomerPage, OrderSummary } from '../api/types';
import { useTexts } from '../texts';
import { icons } from '../ui/icons';
import { Failure } from '../ui/loading';
import { Money, State } from '../ui/parts';

const LEAST = 3;
const PAUSE_MS = 120;
const SHOWN = 8;
const NAMED = 3;

export type Hit = { key: string; to: string };
export type Results = {
  hits: Hit[];
  customers: CustomerPage['items'];
  orders: OrderSummary[];
  cases: CaseSummary[];
  busy: boolean;
  error: unknown;
};

/** A part of a name or number finds what begins with it; the orders of the customers found count as found. */
export function useFound(text: string): Results {
  const [settled] = useDebouncedValue(text.trim(), PAUSE_MS);
  const enabled = settled.length >= LEAST;
  const q = `${settled}*`;
  const options = { enabled, placeholderData: keepPreviousData, staleTime: 5_000 };
  const orders = useQuery({ ...queries.orders({ q, limit: 50 }), ...options });
  const cases = useQuery({ ...queries.cases({ q, limit: 50 }), ...options });
  const customers = useQuery({ ...queries.customers(q), ...options });
  const people = enabled ? (customers.data?.items ?? []) : [];
  const theirs = useQueries({
    queries: people.slice(0, NAMED).map((each) => ({ ...queries.orders({ customer: each.id, limit: 20 }), staleTime: 5_000 })),
  });
  const merged = new Map<string, OrderSummary>();
  if (enabled) {
    for (const each of orders.data?.items ?? []) merged.set(each.id, each);
    for (const query of theirs) for (const each of query.data?.items ?? []) merged.set(each.id, each);
  }
  const found = { customers: people, orders: [...merged.values()], cases: enabled ? (cases.data?.items ?? []) : [] };
  const all = [orders, cases, customers, ...theirs];
  const asks = text.trim() !== settled && text.trim().length >= LEAST;
  return { ...found, hits: hitsOf(found), busy: asks || (enabled && all.some((each) => each.isFetching)), error: all.find((each) => each.error)?.error };
}

function hitsOf({ customers, orders, cases }: Pick<Results, 'customers' | 'orders' | 'cases'>): Hit[] {
  return [
    ...orders.slice(0, SHOWN).map((each) => ({ key: each.id, to: `/orders/${each.id}` })),
    ...customers.slice(0, SHOWN).map((each) => ({ key: each.id, to: `/customers/${each.id}` })),
    ...cases.slice(0, SHOWN).map((each) => ({ key: each.id, to: `/cases/${each.id}` })),
  ];
}

type Props = { id: string; found: Results; chosen: number; visit: (hit: Hit) => void; hidden: boolean };

/** The list under the box. */
export function Found({ id, found, chosen, visit, hidden }: Props) {
  const { t } = useTexts();
  if (hidden) return <div id={id} role="listbox" aria-label={t.search.results} hidden />;
  const place = new Map(found.hits.map((hit, index) => [hit.key, index]));
  const option = (key: string, icon: keyof typeof icons, content: React.ReactNode, aside: React.ReactNode) => {
    const index = place.get(key);
    if (index === undefined) return null;
    return (
      <div key={key} id={`${id}-${index}`} role="option" aria-selected={index === chosen} onClick={() => visit(found.hits[index]!)}>
        {icons[icon]}
        <span className="wrap-any">{content}</span>
        {aside}
      </div>
    );
  };
  return (
    <div className="found">
      {found.error ? <Failure error={found.error} /> : null}
      <div id={id} role="listbox" aria-label={t.search.results}>
        {found.orders.map((each) =>
          option(
            each.id,
            'orders',
            <>
              <b>{each.number}</b> <span className="quiet">{each.customer.name}</span> <State of={each.status} filled={false} />
            </>,
            <Money amount={each.total} currency={each.currency} />,
          ),
        )}
        {found.customers.map((each) => option(each.id, 'person', <b>{each.name || t.search.noName}</b>, <span className="small quiet">{t.search.customer}</span>))}
        {found.cases.map((each) =>
          option(
            each.id,
            'cases',
            <>
              <b>{each.subject}</b> <span className="quiet">{each.requester_email}</span>
            </>,
            <span className="small quiet">
              {each.connector} {each.external_id}
            </span>,
          ),
        )}
      </div>
      {!found.hits.length && !found.error && <div className="empty">{found.busy ? t.search.busy : t.search.nothing}</div>}
      <div className="hidden" role="status">
        {found.busy ? '' : t.search.count(found.hits.length)}
      </div>
    </div>
  );
}
