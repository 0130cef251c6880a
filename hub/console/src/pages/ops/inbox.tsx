import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { queries } from '../../api/queries';
import { useTexts, worded } from '../../texts';
import { Empty, Loaded } from '../../ui/loading';
import { Scroller, When } from '../../ui/parts';

/** Messages that came in and could not be understood. */
export function Inbox({ connector }: { connector: string }) {
  const { t } = useTexts();
  const query = useQuery(queries.inbox({ connector, state: 'parked' }));
  return (
    <Loaded query={query} height={300}>
      {(page) =>
        page.items.length ? (
          <div className="card">
            <Scroller labelledBy="messages">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t.ops.what}</th>
                    <th scope="col">{t.ops.system}</th>
                    <th scope="col">{t.ops.error}</th>
                    <th scope="col">{t.ops.received}</th>
                  </tr>
                </thead>
                <tbody>
                  {page.items.map((each) => (
                    <tr key={each.sequence}>
                      <td>
                        <Link href={`/ops/messages/${each.sequence}`} className="strong">
                          {each.record_kind ? worded(t.steps, each.record_kind) : t.ops.raw}
                        </Link>
                        <div className="small quiet wrap-any">{each.message_id}</div>
                      </td>
                      <td>{each.connector}</td>
                      <td className="wrap-any">{each.error ? `${each.error.code}: ${each.error.message}` : '–'}</td>
                      <td>
                        <When at={each.received_at} seconds />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroller>
          </div>
        ) : (
          <Empty>{t.ops.inboxEmpty}</Empty>
        )
      }
    </Loaded>
  );
}
