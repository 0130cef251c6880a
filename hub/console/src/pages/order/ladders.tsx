import type { Amount, Order } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { Money } from '../../ui/parts';

function Rung({ name, amount, currency, sum }: { name: string; amount: Amount; currency: string; sum?: boolean }) {
  return (
    <>
      <dt className={sum ? 'sum' : undefined}>{name}</dt>
      <dd className={sum ? 'figure sum' : 'figure'}>
        <Money amount={amount.inc} currency={currency} />
      </dd>
    </>
  );
}

/** As placed, and what has become of it. The included tax stands under the sum: it is not one of the addends. */
export function Ladders({ order }: { order: Order }) {
  const { t } = useTexts();
  const { totals, currency } = order;
  const tax = (amount: Amount) => (
    <>
      <dt className="small">{t.order.taxWithin}</dt>
      <dd className="figure small quiet">
        <Money amount={amount.tax} currency={currency} />
      </dd>
    </>
  );
  return (
    <div className="ladders">
      <dl className="pairs">
        {totals.placed.map((each) => (
          <Rung key={each.part} name={worded(t.parts, each.part)} amount={each.amount} currency={currency} />
        ))}
        <Rung name={t.order.asPlaced} amount={totals.original} currency={currency} sum />
        {tax(totals.original)}
      </dl>
      <dl className="pairs">
        <Rung name={t.order.asPlaced} amount={totals.original} currency={currency} />
        {totals.since.map((each) => (
          <Rung key={each.part} name={worded(t.parts, each.part)} amount={each.amount} currency={currency} />
        ))}
        <Rung name={t.order.valueNow} amount={totals.current} currency={currency} sum />
        {tax(totals.current)}
      </dl>
    </div>
  );
}
