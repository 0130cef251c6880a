import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { Action, Order, ReturnOrder } from '../../api/types';
import { useTexts } from '../../texts';
import { Actor, Card, Count, Scroller, State, When } from '../../ui/parts';

/** The next thing to do with a return order in each state. */
export const NEXT_OF: Partial<Record<ReturnOrder['state'], Action>> = {
  draft: 'submit-return',
  submitted: 'approve-return',
  received: 'close-return',
};

function Row({ entry, order, open }: { entry: ReturnOrder; order: Order; open: (action: Action, about?: string) => void }) {
  const { t } = useTexts();
  const name = (id: string) => order.lines.find((each) => each.id === id)?.name ?? id;
  const next = NEXT_OF[entry.state];
  const receivable = entry.state === 'approved' || entry.state === 'partly_received';
  return (
    <tr>
      <td className="one-line">
        <span className="strong digits">{entry.number}</span>
        <div className="small quiet">
          <When at={entry.at ?? null} /> · <Actor of={entry.actor} />
        </div>
      </td>
      <td>
        {entry.lines.map((each) => (
          <div key={each.id}>
            {each.expected} × {name(each.line_id)}
            {each.condition && <span className="small quiet"> · {each.condition}</span>}
            {each.rejection_reason && <span className="small quiet"> · {each.rejection_reason}</span>}
          </div>
        ))}
        <div className="small quiet">{entry.reason}</div>
      </td>
      <td>
        <State of={entry.state} />
      </td>
      <td className="figure">{entry.lines.map((each) => <div key={each.id}><Count of={each.accepted} /></div>)}</td>
      <td className="figure">{entry.lines.map((each) => <div key={each.id}><Count of={each.rejected} /></div>)}</td>
      <td className="figure">
        {receivable && <Link href={`/receive?rma=${encodeURIComponent(entry.number)}&order=${order.id}`}>{t.returns.receive}</Link>}
        {next && (
          <Button size="compact-sm" variant="default" onClick={() => open(next, entry.id)}>
            {t.actions[next].name}
          </Button>
        )}
      </td>
    </tr>
  );
}

export function Returns({ order, open }: { order: Order; open: (action: Action, about?: string) => void }) {
  const { t } = useTexts();
  if (!order.return_orders.length) return null;
  return (
    <Card id="returns" title={t.returns.title}>
      <Scroller labelledBy="returns">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.order.number}</th>
              <th scope="col">{t.order.itemsOf}</th>
              <th scope="col">{t.order.state}</th>
              <th scope="col" className="figure">{t.returns.accepted}</th>
              <th scope="col" className="figure">{t.returns.rejected}</th>
              <th scope="col">
                <span className="hidden">{t.order.next}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {order.return_orders.map((each) => (
              <Row key={each.id} entry={each} order={order} open={open} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}
