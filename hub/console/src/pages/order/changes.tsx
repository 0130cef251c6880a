import type { ChangeOrder, Document, Order } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { Empty } from '../../ui/loading';
import { Actor, Card, Money, Scroller, State, When } from '../../ui/parts';

function What({ change }: { change: ChangeOrder }) {
  const { t } = useTexts();
  const lines = change.lines.map((each) => (each.quantity > 0 && change.kind !== 'discount' ? `${each.quantity} × ${each.name}` : each.name));
  return (
    <>
      <div className="strong">{worded(t.changes, change.kind)}</div>
      <div className="wrap-any">{lines.slice(0, 4).join(', ') + (lines.length > 4 ? ` … +${lines.length - 4}` : '')}</div>
      {change.reason && <div className="small quiet wrap-any">{change.reason}</div>}
    </>
  );
}

function Memo({ document }: { document: Document | undefined }) {
  const { t } = useTexts();
  if (!document) return <span className="quiet">{t.order.noMemo}</span>;
  return (
    <>
      <div className="digits">{document.number}</div>
      <State of={document.state} />
      {document.posted_number && <div className="small quiet digits">{document.posted_number}</div>}
      {document.message && <div className="small quiet wrap-any">{t.quoted(document.message)}</div>}
    </>
  );
}

/** Every change of the order's value, with its credit memo or invoice and what the books made of it. */
export function Changes({ order }: { order: Order }) {
  const { t } = useTexts();
  const documents = [...order.credit_memos, ...order.invoices] as (Document & { change_orders?: string[] })[];
  const of = (change: ChangeOrder) => documents.find((each) => each.change_orders?.includes(change.id) || (!!change.action && each.action === change.action));
  return (
    <Card id="changes" title={t.order.changes}>
      {order.change_orders.length === 0 ? (
        <Empty>{t.order.noChanges}</Empty>
      ) : (
        <Scroller labelledBy="changes">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.order.when}</th>
                <th scope="col">{t.order.what}</th>
                <th scope="col">{t.order.inBooks}</th>
                <th scope="col" className="figure">
                  {t.order.amount}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...order.change_orders].reverse().map((change) => (
                <tr key={change.id}>
                  <td>
                    <When at={change.at ?? null} />
                    <div className="small quiet">
                      <Actor of={change.actor} />
                    </div>
                  </td>
                  <td>
                    <What change={change} />
                  </td>
                  <td>
                    <Memo document={of(change)} />
                  </td>
                  <td className="figure strong">
                    <Money amount={change.delta.inc} currency={order.currency} />
                    <div className="small quiet" style={{ fontWeight: 400 }}>
                      {t.order.taxWithin} <Money amount={change.delta.tax} currency={order.currency} />
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </Card>
  );
}
