import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries';
import type { Event, Order } from '../../api/types';
import { useTexts } from '../../texts';
import { icons } from '../../ui/icons';
import { Loaded } from '../../ui/loading';
import { Actor, Card, When } from '../../ui/parts';
import { roleOfEvent, sentence } from '../event_text';

const SHORT = 12;
/** What only says that a record came in again. */
const QUIET = new Set(['order.updated', 'case.updated']);

function Entry({ event, currency }: { event: Event; currency: string }) {
  const { t, f } = useTexts();
  const role = roleOfEvent(event);
  return (
    <li>
      <span className={`ink-${role}`}>{icons[role]}</span>
      <div className="wrap-any">
        <div>{sentence(event, t, f, currency)}</div>
        <div className="small quiet">
          <When at={event.at} /> · <Actor of={event.actor} />
        </div>
      </div>
    </li>
  );
}

/** Everything that happened, newest first. */
export function Timeline({ order }: { order: Order }) {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  const query = useQuery(queries.orderEvents(order.id));
  return (
    <Card
      id="timeline"
      title={t.order.timeline}
      aside={
        <button type="button" className="plain-button" onClick={() => setAll(!all)}>
          {all ? t.order.less : t.order.showAll}
        </button>
      }
    >
      <Loaded query={query} height={240}>
        {(page) => {
          const events = [...page.items].reverse().filter((each) => all || !QUIET.has(each.type));
          return (
            <ol className="timeline">
              {(all ? events : events.slice(0, SHORT)).map((each) => (
                <Entry key={each.sequence} event={each} currency={order.currency} />
              ))}
            </ol>
          );
        }}
      </Loaded>
    </Card>
  );
}
