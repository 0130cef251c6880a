import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link, useSearchParams } from 'wouter';
import { address, call } from '../../api/client';
import type { AuditEvent, AuditPage } from '../../api/types';
import { useTexts } from '../../texts';
import { Empty, Failure, Placeholder } from '../../ui/loading';
import { Actor, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { sentence } from '../event_text';

const PAGE = 100;
const EXPORTED = 1_000;
const WISHES = ['actor', 'type', 'order', 'from', 'to'] as const;
type Wish = (typeof WISHES)[number];
type Wishes = Partial<Record<Wish, string>>;

const PATH = '/api/v1/audit';

/** All that fits, oldest first, one JSON document a line. */
async function exported(wishes: Wishes): Promise<Blob> {
  const lines: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: AuditPage = await call<AuditPage>(address(PATH, { ...wishes, after, limit: EXPORTED }));
    lines.push(...page.items.map((each) => `${JSON.stringify(each)}\n`));
    after = page.next ?? null;
  }
  return new Blob(lines, { type: 'application/x-ndjson' });
}

function save(blob: Blob): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: 'orderhub-audit.ndjson' }).click();
  URL.revokeObjectURL(url);
}

function Row({ event }: { event: AuditEvent }) {
  const { t, f } = useTexts();
  return (
    <tr>
      <td className="one-line">
        <When at={event.at} seconds />
        <div className="small quiet digits">{event.sequence}</div>
      </td>
      <td>
        <Actor of={event.actor} />
        <div className="small quiet digits">{event.address}</div>
      </td>
      <td className="wrap-any">
        {sentence(event, t, f)}
        <details className="small">
          <summary>
            <code>{event.type}</code>
          </summary>
          <pre className="code">{JSON.stringify(event, null, 2)}</pre>
        </details>
      </td>
      <td>
        {event.order_id && <Link href={`/orders/${event.order_id}`}>{t.order.title}</Link>} {event.case_id && <Link href={`/cases/${event.case_id}`}>{t.cases.subject}</Link>}
      </td>
    </tr>
  );
}

function Search({ wishes, search }: { wishes: Wishes; search: (wishes: Wishes) => void }) {
  const { t } = useTexts();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    search(Object.fromEntries(WISHES.map((each) => [each, String(given.get(each) ?? '').trim()]).filter(([, value]) => value)) as Wishes);
  };
  return (
    <form className="filters" onSubmit={submit}>
      {WISHES.map((each) => (
        <TextInput key={each} size="sm" name={each} label={t.audit.wishes[each]} defaultValue={wishes[each] ?? ''} placeholder={t.audit.examples[each]} />
      ))}
      <Button type="submit" size="sm">{t.audit.search}</Button>
    </form>
  );
}

function Table({ events }: { events: AuditEvent[] }) {
  const { t } = useTexts();
  return (
    <div className="card scroller" role="region" tabIndex={0} aria-labelledby="h-audit">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.order.when}</th>
            <th scope="col">{t.ops.who}</th>
            <th scope="col">{t.audit.what}</th>
            <th scope="col">{t.ops.about}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((each) => (
            <Row key={each.sequence} event={each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Save({ wishes }: { wishes: Wishes }) {
  const { t } = useTexts();
  const saving = useMutation({ mutationFn: () => exported(wishes).then(save) });
  return (
    <>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {t.audit.save}
      </Button>
      {saving.error && <Failure error={saving.error} />}
    </>
  );
}

/** Who did what, when and from where; searched by the hub, newest first. */
export default function AuditView() {
  const { t } = useTexts();
  useTitle(t.rail.audit);
  const [parameters, setParameters] = useSearchParams();
  const wishes: Wishes = Object.fromEntries(WISHES.map((each) => [each, parameters.get(each)]).filter(([, value]) => value));
  const query = useInfiniteQuery({
    queryKey: ['audit', wishes],
    queryFn: ({ pageParam, signal }) => call<AuditPage>(address(PATH, { ...wishes, limit: PAGE, before: pageParam }), { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: AuditPage) => page.next ?? undefined,
  });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1 id="h-audit">{t.rail.audit}</h1>
        <Save wishes={wishes} />
      </div>
      <Search key={parameters.toString()} wishes={wishes} search={(next) => setParameters(next as Record<string, string>)} />
      {query.isPending && <Placeholder height={400} />}
      {query.error && <Failure error={query.error} retry={() => void query.refetch()} />}
      {events.length > 0 && <Table events={events} />}
      {query.isSuccess && events.length === 0 && !query.hasNextPage && <Empty>{t.ops.nothingHere}</Empty>}
      {query.hasNextPage && (
        <Button mt={8} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t.audit.older}
        </Button>
      )}
    </div>
  );
}
