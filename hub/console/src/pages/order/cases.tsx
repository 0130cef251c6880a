import { Link } from 'wouter';
import type { Order } from '../../api/types';
import { useTexts } from '../../texts';
import { Empty } from '../../ui/loading';
import { Card, State } from '../../ui/parts';

export function Cases({ order }: { order: Order }) {
  const { t } = useTexts();
  return (
    <Card id="cases" title={t.order.cases}>
      {order.cases.length === 0 && <Empty>{t.order.noCases}</Empty>}
      {order.cases.map((each) => (
        <div className="entry" key={each.id}>
          <div className="row apart small">
            <span className="quiet">
              {t.system(each.connector ?? '')} {each.external_id}
            </span>
            <State of={each.state ?? 'open'} />
          </div>
          <Link href={`/cases/${each.id}`} className="strong wrap-any">
            {each.subject}
          </Link>
        </div>
      ))}
    </Card>
  );
}
