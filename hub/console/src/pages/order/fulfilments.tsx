import type { Fulfilment, Order } from '../../api/types';
import { useTexts } from '../../texts';
import { Badge, Card, Copy, Scroller, State, When } from '../../ui/parts';
import { Empty } from '../../ui/loading';

function Parcel({ of }: { of: Fulfilment }) {
  const { t } = useTexts();
  if (!of.tracking_number) return <span className="quiet">{t.order.noTracking}</span>;
  return (
    <span className="one-line digits">
      {of.carrier}{' '}
      {/^https?:\/\//.test(of.tracking_url) ? (
        <a href={of.tracking_url} target="_blank" rel="noreferrer">
          {of.tracking_number}
        </a>
      ) : (
        of.tracking_number
      )}
      <Copy text={of.tracking_number} />
    </span>
  );
}

export function Fulfilments({ order }: { order: Order }) {
  const { t } = useTexts();
  const name = (id: string) => order.lines.find((each) => each.id === id)?.name ?? id;
  return (
    <Card id="fulfilments" title={t.order.fulfilments}>
      {order.fulfilments.length === 0 ? (
        <Empty>{t.order.noFulfilments}</Empty>
      ) : (
        <Scroller labelledBy="fulfilments">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.order.when}</th>
                <th scope="col">{t.order.itemsOf}</th>
                <th scope="col">{t.order.parcel}</th>
                <th scope="col">{t.order.state}</th>
              </tr>
            </thead>
            <tbody>
              {order.fulfilments.map((each) => (
                <tr key={each.id}>
                  <td>
                    <When at={each.at ?? null} />
                    {each.kind === 'reship' && (
                      <div>
                        <Badge role="neutral" bare>
                          {t.order.resent}
                        </Badge>
                      </div>
                    )}
                  </td>
                  <td className="wrap-any">{each.lines.map((line) => `${line.quantity} × ${name(line.line_id)}`).join(', ')}</td>
                  <td>
                    <Parcel of={each} />
                  </td>
                  <td>
                    <State of={each.state} />
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
