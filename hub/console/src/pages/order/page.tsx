import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import { queries } from '../../api/queries';
import type { Action, Eligibility, Order } from '../../api/types';
import { useKeys } from '../../shell/keys';
import { useTexts, worded } from '../../texts';
import { Loaded } from '../../ui/loading';
import { Copy, Note, State, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { ActionBar } from './action_bar';
import { Advice } from './advice';
import { Cases } from './cases';
import { Changes } from './changes';
import { CustomerCard } from './customer_card';
import { Fulfilments } from './fulfilments';
import { Lines } from './lines';
import { Payments } from './payments';
import { ExceptionHistory, Problems } from './problems';
import { Returns } from './returns';
import { Timeline } from './timeline';

const ActionDialog = lazy(() => import('../action/dialog'));

function Heading({ order, eligibility, open }: { order: Order; eligibility: Eligibility | undefined; open: (action: Action) => void }) {
  const { t, f } = useTexts();
  const states = [order.status, order.payment_status, order.fulfilment_status, order.return_status];
  const shown = states.map((each) => worded(t.states, each));
  return (
    <div className="page-head">
      <div className="stack tight">
        <div className="row">
          <h1>
            {t.order.title} {order.number}
          </h1>
          <Copy text={order.number} />
          <span className="quiet">
            {[order.connector, order.channel].filter(Boolean).join(' · ')} · <When at={order.placed_at ?? null} />
          </span>
        </div>
        <div className="row">
          {states.map((each, index) => each !== 'none' && shown.indexOf(worded(t.states, each)) === index && <State key={each} of={each} filled />)}
          <span>
            <span className="quiet">{t.order.valueNow}</span> <b className="digits">{f.money(order.totals.current.inc, order.currency)}</b>
          </span>
        </div>
      </div>
      <ActionBar eligibility={eligibility} open={open} />
    </div>
  );
}

function Columns({ order, open }: { order: Order; open: (action: Action, about?: string) => void }) {
  return (
    <div className="columns order-columns">
      <div className="stack">
        <Lines order={order} />
        <Changes order={order} />
        <Returns order={order} open={open} />
        <Fulfilments order={order} />
        <ExceptionHistory order={order} />
      </div>
      <div className="stack side">
        <Payments order={order} />
        <CustomerCard order={order} />
        <Cases order={order} />
        <Timeline order={order} />
      </div>
    </div>
  );
}

export default function OrderPage() {
  const { t } = useTexts();
  const { id = '', '*': rest = '' } = useParams<{ id: string; '*': string }>();
  const [, go] = useLocation();
  const query = useQuery(queries.order(id));
  const eligibility = useQuery(queries.eligibility(id)).data;
  const order = query.data;
  const [action, about] = rest.split('/');
  useTitle(order && `${order.number} · ${worded(t.states, order.status)}`);
  const home = `/orders/${id}`;
  const open = (what: Action, subject?: string) => go(`${home}/${what}${subject ? `/${subject}` : ''}`);
  useKeys(
    useMemo(() => {
      const to = (what: Action) => () => go(`/orders/${id}/${what}`);
      return { r: to('return'), d: to('discount'), c: to('cancel'), t: () => document.querySelector<HTMLElement>('#h-timeline')?.scrollIntoView() };
    }, [go, id]),
  );
  return (
    <div className="page">
      <Loaded query={query} height={600}>
        {(shown) => (
          <>
            <Heading order={shown} eligibility={eligibility} open={open} />
            {shown.suspended && <Note role="warn">{t.order.suspended}</Note>}
            {!shown.managed && <Note role="neutral">{t.order.unmanaged}</Note>}
            <Problems order={shown} open={open} />
            <Advice order={shown} eligibility={eligibility} open={open} />
            <Columns order={shown} open={open} />
            {action && (
              <Suspense fallback={null}>
                <ActionDialog key={rest} order={shown} action={action as Action} about={about} eligibility={eligibility} close={() => go(home)} />
              </Suspense>
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}
