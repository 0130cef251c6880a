import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { queries } from '../api/queries';
import type { ReturnEntry } from '../api/types';
import { useTexts } from '../texts';
import { Empty, Loaded } from '../ui/loading';
import { Card, Scroller, State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { ReceiveForm } from './receive_form';

const canArrive = (entry: ReturnEntry) => ['approved', 'partly_received', 'received'].includes(entry.return_order.state);

function Expected({ open }: { open: (number: string) => void }) {
  const { t } = useTexts();
  const query = useQuery(queries.returns(''));
  return (
    <Card id="expected" title={t.receive.expected}>
      <Loaded query={query} height={200}>
        {(page) =>
          page.items.length ? (
            <Scroller labelledBy="expected">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t.order.number}</th>
                    <th scope="col">{t.orders.customer}</th>
                    <th scope="col">{t.order.itemsOf}</th>
                    <th scope="col">{t.order.state}</th>
                    <th scope="col">{t.order.when}</th>
                  </tr>
                </thead>
                <tbody>
                  {page.items.map((each) => (
                    <tr key={each.return_order.id}>
                      <td>
                        <button type="button" className="link strong digits" onClick={() => open(each.return_order.number)}>
                          {each.return_order.number}
                        </button>
                        <div className="small quiet">{each.order_number}</div>
                      </td>
                      <td>{each.customer}</td>
                      <td className="wrap-any">{each.return_order.lines.map((line) => `${line.expected} × ${each.lines.find((one) => one.id === line.line_id)?.name ?? ''}`).join(', ')}</td>
                      <td>
                        <State of={each.return_order.state} />
                      </td>
                      <td>
                        <When at={each.return_order.at ?? null} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroller>
          ) : (
            <Empty>{t.receive.nothing}</Empty>
          )
        }
      </Loaded>
    </Card>
  );
}

function Found({ number }: { number: string }) {
  const { t } = useTexts();
  const query = useQuery(queries.returns(number));
  return (
    <Loaded query={query} height={240}>
      {(page) => {
        const arriving = page.items.filter((each) => canArrive(each) || each.return_order.number === number);
        if (!arriving.length) return <Empty>{t.receive.nothing}</Empty>;
        return (
          <div className="stack">
            {arriving.map((each) => (
              <Card
                key={each.return_order.id}
                id={each.return_order.id}
                title={
                  <>
                    {each.return_order.number} · {each.customer}
                  </>
                }
                aside={
                  <span className="row">
                    <State of={each.return_order.state} />
                    <Link href={`/orders/${each.order_id}`}>{each.order_number}</Link>
                  </span>
                }
              >
                <ReceiveForm entry={each} />
              </Card>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

/** The receiving desk: a scanner types a number and Enter; the field keeps the focus. */
export default function ReceivePage() {
  const { t } = useTexts();
  useTitle(t.receive.title);
  const [parameters] = useSearchParams();
  const [, go] = useLocation();
  const number = parameters.get('rma') ?? '';
  const [typed, setTyped] = useState(number);
  useEffect(() => setTyped(number), [number]);
  const open = (next: string) => go(next ? `/receive?rma=${encodeURIComponent(next)}` : '/receive');
  return (
    <div className="page stack desk">
      <h1>{t.receive.title}</h1>
      <form
        className="row"
        style={{ alignItems: 'end' }}
        onSubmit={(event) => {
          event.preventDefault();
          open(typed.trim());
        }}
      >
        <TextInput size="md" style={{ flex: 1, maxWidth: 480 }} label={t.receive.scan} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoFocus onFocus={(event) => event.currentTarget.select()} spellCheck={false} autoComplete="off" />
        <Button type="submit" size="md">
          {t.receive.find}
        </Button>
      </form>
      {number ? <Found number={number} /> : <Expected open={open} />}
    </div>
  );
}
