import { Link } from 'wouter';
import type { OrderSummary } from '../api/types';
import { useTexts } from '../texts';
import { Badge, Money, Scroller, State, When } from '../ui/parts';

/** A few orders; for thousands see the list of orders. */
export function OrderTable({ orders, labelledBy }: { orders: OrderSummary[]; labelledBy: string }) {
  const { t } = useTexts();
  return (
    <Scroller labelledBy={labelledBy}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.orders.number}</th>
            <th scope="col">{t.orders.customer}</th>
            <th scope="col">{t.orders.placed}</th>
            <th scope="col">{t.orders.store}</th>
            <th scope="col">{t.orders.state}</th>
            <th scope="col" className="figure">{t.orders.value}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((each) => (
            <tr key={each.id}>
              <td>
                <Link href={`/orders/${each.id}`} className="strong">
                  {each.number}
                </Link>
              </td>
              <td>{each.customer.name}</td>
              <td>
                <When at={each.placed_at} />
              </td>
              <td>{each.connector}</td>
              <td>{each.has_exception ? <Badge role="warn">{t.orders.toClear}</Badge> : <State of={each.status} />}</td>
              <td className="figure">
                <Money amount={each.total} currency={each.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
