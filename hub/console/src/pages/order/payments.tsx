import type { Order, Payment, Refund } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { Card, Copy, Money, State, When } from '../../ui/parts';

const isNothing = (amount: string | undefined) => !amount || /^-?[0.]+$/.test(amount);

/** What was captured, by where it is now: the rows add up to the sum under them. */
function Captured({ order }: { order: Order }) {
  const { t } = useTexts();
  const { money, currency } = order;
  const rows: [string, string | undefined, string?][] = [
    [t.payments.kept, money.kept],
    [t.payments.unknown, money.refunds_unknown, 'ink-unknown strong'],
    [t.payments.underWay, money.refunds_under_way, 'ink-progress'],
    [t.payments.refunded, money.refunds_confirmed],
  ];
  return (
    <dl className="pairs">
      {rows
        .filter(([, amount], index) => index === 0 || !isNothing(amount))
        .map(([name, amount, ink]) => [
          <dt key={name}>{name}</dt>,
          <dd key={`${name} amount`} className={`figure ${ink ?? ''}`}>
            <Money amount={amount ?? '0'} currency={currency} />
          </dd>,
        ])}
      <dt className="sum">{t.payments.captured}</dt>
      <dd className="figure sum">
        <Money amount={money.captured ?? '0'} currency={currency} />
      </dd>
      {!isNothing(money.to_capture) && (
        <>
          <dt>{t.payments.toCapture}</dt>
          <dd className="figure">
            <Money amount={money.to_capture!} currency={currency} />
          </dd>
        </>
      )}
      {!isNothing(money.excess) && (
        <>
          <dt className="ink-warn">{t.payments.excess}</dt>
          <dd className="figure ink-warn strong">
            <Money amount={money.excess!} currency={currency} />
          </dd>
        </>
      )}
      {!isNothing(money.balance_due) && (
        <>
          <dt className="ink-warn">{t.payments.due}</dt>
          <dd className="figure ink-warn strong">
            <Money amount={money.balance_due!} currency={currency} />
          </dd>
        </>
      )}
    </dl>
  );
}

function PaymentEntry({ payment, refunds, currency }: { payment: Payment; refunds: Refund[]; currency: string }) {
  const { t } = useTexts();
  return (
    <div className="entry">
      <div className="row apart">
        <span className="strong">{payment.method}</span>
        <Money amount={payment.amount} currency={currency} />
      </div>
      <div className="row apart">
        <State of={payment.state} />
        <span className="small quiet">
          {payment.reference}
          {payment.reference && <Copy text={payment.reference} />}
        </span>
      </div>
      {payment.operations.map((each) => (
        <div className="row apart small" key={each.id}>
          <span>
            {worded(t.payments.kinds, each.kind)} <State of={each.state} />
          </span>
          <Money amount={each.amount} currency={currency} />
        </div>
      ))}
      {refunds.map((each) => (
        <div className="small" key={each.id}>
          <div className="row apart">
            <span className="row close">
              {t.payments.kinds.refund} <State of={each.state} /> <span className="quiet"><When at={each.at ?? null} /></span>
            </span>
            <Money amount={each.amount} currency={currency} />
          </div>
          {each.message && <div className="quiet wrap-any">{t.quoted(each.message)}</div>}
        </div>
      ))}
    </div>
  );
}

export function Payments({ order }: { order: Order }) {
  const { t } = useTexts();
  return (
    <Card id="payments" title={t.payments.title}>
      <div className="card-body">
        <Captured order={order} />
      </div>
      {order.payments.map((each) => (
        <PaymentEntry key={each.external_id} payment={each} refunds={order.refunds.filter((refund) => refund.payment === each.external_id)} currency={order.currency} />
      ))}
    </Card>
  );
}
