import type { ReactNode } from 'react';
import type { Amount, Order, Plan } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { icons } from '../../ui/icons';
import { Money } from '../../ui/parts';

export const isZero = (amount: string | undefined): boolean => !amount || !/[1-9]/.test(amount);

function Row({ name, children, strong }: { name: ReactNode; children: ReactNode; strong?: boolean }) {
  return (
    <>
      <dt className={strong ? 'headline' : undefined}>{name}</dt>
      <dd className={strong ? 'figure headline' : 'figure'}>{children}</dd>
    </>
  );
}

function Change({ plan }: { plan: Plan }) {
  const { t } = useTexts();
  const { currency } = plan;
  return (
    <dl className="pairs">
      {plan.change_orders.flatMap((change, index) =>
        change.lines.map((line) => (
          <Row key={`${index} ${line.line_id}`} name={`${worded(t.changes, change.kind)}: ${line.quantity > 0 && change.kind !== 'discount' ? `${line.quantity} × ` : ''}${line.name}`}>
            <Money amount={line.delta.inc} currency={currency} />
          </Row>
        )),
      )}
    </dl>
  );
}

function Refunds({ plan, order }: { plan: Plan; order: Order }) {
  const { t, f } = useTexts();
  const { currency } = plan;
  const method = (id: string) => order.payments.find((each) => each.external_id === id)?.method ?? id;
  const left = (id: string) => order.payments.find((each) => each.external_id === id)?.available_to_refund;
  return (
    <dl className="pairs">
      {plan.refunds.map((each, index) => (
        <Row key={index} name={t.preview.refundTo(method(each.payment))} strong>
          <Money amount={each.amount} currency={currency} />
          <div className="small quiet" style={{ fontWeight: 400 }}>{t.preview.refundable(f.money(left(each.payment) ?? '0', currency))}</div>
        </Row>
      ))}
      {plan.transfers.map((each, index) => (
        <Row key={index} name={t.preview.transfer}>
          <Money amount={each.amount} currency={currency} />
        </Row>
      ))}
      {plan.payment_operations.map((each, index) => (
        <Row key={index} name={t.preview.operation(worded(t.payments.kinds, each.kind), method(each.payment))} strong>
          <Money amount={each.amount} currency={currency} />
        </Row>
      ))}
      {isZero(plan.money.refund) && !plan.payment_operations.length && !plan.transfers.length && (
        <>
          <dt className="quiet">{t.preview.noMoney}</dt>
          <dd />
        </>
      )}
    </dl>
  );
}

/** Before and after beside each other. */
function Totals({ plan, order }: { plan: Plan; order: Order }) {
  const { t } = useTexts();
  const { currency, totals, money } = plan;
  const pair = (name: string, before: string | undefined, after: string | undefined) =>
    before !== after && (
      <Row key={name} name={name}>
        <span className="quiet">
          <Money amount={before ?? '0'} currency={currency} /> <span aria-hidden="true">→</span>
          <span className="hidden">{t.preview.becomes}</span>
        </span>{' '}
        <b>
          <Money amount={after ?? '0'} currency={currency} />
        </b>
      </Row>
    );
  const amount = (key: 'before' | 'after'): Amount => totals[key] ?? { ex: '0', tax: '0', inc: '0' };
  const rows = [
    pair(t.preview.value, amount('before').inc, amount('after').inc),
    pair(t.preview.tax, amount('before').tax, amount('after').tax),
    pair(t.preview.refunded, order.money.refunded, money.refunded),
    pair(t.preview.captured, order.money.captured, money.captured),
    pair(t.payments.excess, order.money.excess, money.excess),
    pair(t.payments.due, order.money.balance_due, money.balance_due),
  ].filter(Boolean);
  if (!rows.length) return null;
  return (
    <section>
      <dl className="pairs">{rows}</dl>
    </section>
  );
}

function Documents({ plan }: { plan: Plan }) {
  const { t } = useTexts();
  const entry = (name: string, document: Plan['credit_memo']) =>
    document && (
      <Row name={name}>
        <Money amount={document.totals.inc} currency={plan.currency} />
        <div className="small quiet">
          {t.order.taxWithin} <Money amount={document.totals.tax} currency={plan.currency} />
        </div>
      </Row>
    );
  if (!plan.credit_memo && !plan.invoice && !plan.exchange) return null;
  return (
    <section>
      <dl className="pairs">
        {entry(t.preview.memo, plan.credit_memo)}
        {entry(t.preview.invoice, plan.invoice)}
        {plan.exchange && (
          <>
            <Row name={t.preview.exchangeOrder}>
              <Money amount={plan.exchange.totals.inc} currency={plan.currency} />
            </Row>
            {!isZero(plan.exchange.balance_due) && (
              <Row name={t.preview.customerPays} strong>
                <Money amount={plan.exchange.balance_due} currency={plan.currency} />
              </Row>
            )}
          </>
        )}
      </dl>
    </section>
  );
}

function Goods({ plan, order }: { plan: Plan; order: Order }) {
  const { t } = useTexts();
  const name = (id: string) => order.lines.find((each) => each.id === id)?.name ?? id;
  if (!plan.fulfilments.length && !plan.return_order) return null;
  return (
    <section>
      {plan.fulfilments.map((each, index) => (
        <p key={index}>{t.preview.sends(each.lines.map((line) => `${line.quantity} × ${name(line.line_id)}`).join(', '))}</p>
      ))}
      {plan.return_order && (
        <p>
          {t.preview.expects(
            plan.return_order.lines.map((line) => `${line.expected} × ${name(line.line_id)}`).join(', '),
            worded(t.states, plan.return_order.state),
          )}
        </p>
      )}
    </section>
  );
}

/** What the action would do, in the hub's figures. */
export function Figures({ plan, order, children }: { plan: Plan; order: Order; children: ReactNode }) {
  return (
    <>
      {plan.change_orders.length > 0 && (
        <section>
          <Change plan={plan} />
        </section>
      )}
      {plan.action !== 'record-payment' && (
        <section>
          <Refunds plan={plan} order={order} />
        </section>
      )}
      <Totals plan={plan} order={order} />
      <Documents plan={plan} />
      <Goods plan={plan} order={order} />
      <section>{children}</section>
    </>
  );
}

/** What will be sent to the outside systems. */
export function PlannedEffects({ plan }: { plan: Plan }) {
  const { t } = useTexts();
  return (
    <>
      <h3>{t.preview.effects}</h3>
      {plan.steps.length === 0 && <p className="quiet">{t.preview.noEffects}</p>}
      <ol className="effects">
        {plan.steps.map((each, index) => (
          <li key={index}>
            <span className="ink-neutral">{icons.neutral}</span>
            <span>{worded(t.steps, each)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
