import { Link, useSearchParams } from 'wouter';
import { useTexts } from '../texts';
import { Empty, Failure, Placeholder } from '../ui/loading';
import { Card, Scroller, State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { OrderTable } from './order_table';
import { useFound } from './found';

export default function SearchPage() {
  const { t } = useTexts();
  const [parameters] = useSearchParams();
  const text = parameters.get('q') ?? '';
  const found = useFound(text);
  useTitle(t.rail.search);
  if (text.trim().length < 3)
    return (
      <div className="page">
        <h1>{t.rail.search}</h1>
        <Empty>{t.search.begin}</Empty>
      </div>
    );
  return (
    <div className="page stack">
      <h1>{t.search.for(text)}</h1>
      {found.error ? <Failure error={found.error} /> : null}
      {found.busy && !found.hits.length && <Placeholder height={200} />}
      {!found.busy && !found.hits.length && !found.error && <Empty>{t.search.nothing}</Empty>}
      {found.orders.length > 0 && (
        <Card id="orders" title={t.search.orders(found.orders.length)}>
          <OrderTable orders={found.orders} labelledBy="orders" />
        </Card>
      )}
      {found.customers.length > 0 && (
        <Card id="customers" title={t.search.customers(found.customers.length)}>
          {found.customers.map((each) => (
            <div className="entry" key={each.id}>
              <Link href={`/customers/${each.id}`} className="strong">
                {each.name || t.search.noName}
              </Link>
            </div>
          ))}
        </Card>
      )}
      {found.cases.length > 0 && (
        <Card id="cases" title={t.search.cases(found.cases.length)}>
          <Scroller labelledBy="cases">
            <table className="table">
              <tbody>
                {found.cases.map((each) => (
                  <tr key={each.id}>
                    <td>
                      <Link href={`/cases/${each.id}`} className="strong">
                        {each.subject}
                      </Link>
                      <div className="small quiet">{each.requester_email}</div>
                    </td>
                    <td className="one-line">
                      {each.connector} {each.external_id}
                    </td>
                    <td>
                      <State of={each.state} />
                    </td>
                    <td className="figure">
                      <When at={each.updated_at} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
        </Card>
      )}
    </div>
  );
}
