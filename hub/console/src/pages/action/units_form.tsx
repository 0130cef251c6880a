import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import type { Eligible, Order } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { decimal, units, type Body, type FormProps, type Unit } from './body';

type RowProps = { order: Order; entry: Eligible['lines'][number]; chosen: number; set: (quantity: number) => void; first: boolean };

function UnitRow({ order, entry, chosen, set, first }: RowProps) {
  const { t } = useTexts();
  const line = order.lines.find((each) => each.id === entry.line_id);
  if (!line) return null;
  return (
    <tr>
      <td>
        <div className="strong wrap-any">{line.name}</div>
        <div className="small quiet digits">{line.sku}</div>
        {entry.blocked.map((each) => (
          <div className="small quiet" key={each.code}>
            {t.action.blocked(each.units, worded(t.blocked, each.code))}
          </div>
        ))}
      </td>
      <td>
        {entry.units > 0 ? (
          <div className="row close" style={{ flexWrap: 'nowrap' }}>
            <NumberInput
              aria-label={`${t.action.quantity}: ${line.name}`}
              size="xs"
              w={80}
              min={0}
              max={entry.units}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              value={chosen}
              onChange={(value) => set(Number(value) || 0)}
              {...(first ? { 'data-autofocus': true } : {})}
            />
            <button type="button" className="plain-button one-line" onClick={() => set(chosen === entry.units ? 0 : entry.units)} aria-label={`${t.action.of(entry.units)}: ${line.name}`}>
              {t.action.of(entry.units)}
            </button>
          </div>
        ) : (
          <span className="quiet">–</span>
        )}
      </td>
    </tr>
  );
}

/** Which lines, and how many units of each. Lines of which nothing can be taken say why. */
export function UnitsTable({ order, eligible, body, change }: Pick<FormProps, 'order' | 'eligible' | 'body' | 'change'>) {
  const { t } = useTexts();
  const chosen = units(body);
  const products = (eligible?.lines ?? []).filter((each) => order.lines.find((line) => line.id === each.line_id)?.kind === 'product');
  const rows = [...products.filter((each) => each.units > 0), ...products.filter((each) => each.units === 0)];
  const set = (id: string, quantity: number) => {
    const others = chosen.filter((each) => each.line_id !== id);
    const next: Unit[] = quantity > 0 ? [...others, { line_id: id, quantity }] : others;
    change({ lines: next.sort((a, b) => a.line_id.localeCompare(b.line_id)) });
  };
  return (
    <div className="scroller" style={{ border: '1px solid var(--rule)', borderRadius: 'var(--radius)', maxHeight: 360, overflowY: 'auto' }} role="region" tabIndex={0} aria-label={t.action.units}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.order.item}</th>
            <th scope="col">{t.action.quantity}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each, index) => (
            <UnitRow key={each.line_id} order={order} entry={each} chosen={chosen.find((one) => one.line_id === each.line_id)?.quantity ?? 0} set={(quantity) => set(each.line_id, quantity)} first={index === 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A fee that is kept from what goes back, and what becomes of the delivery charge. */
export function MoneyOptions({ body, change, currency }: { body: Body; change: FormProps['change']; currency: string }) {
  const { t } = useTexts();
  const fee = body.fees?.[0];
  return (
    <div className="stack tight">
      <Checkbox size="sm" label={t.action.deliveryBack} checked={body.delivery === 'proportional'} onChange={(event) => change({ delivery: event.currentTarget.checked ? 'proportional' : undefined } as Partial<Body>)} />
      <Checkbox
        size="sm"
        label={t.action.keepFee}
        checked={!!fee}
        onChange={(event) => change({ fees: event.currentTarget.checked ? [{ label: t.action.feeLabel, basis: 'amount_with_tax', value: '' }] : undefined } as Partial<Body>)}
      />
      {fee && (
        <TextInput size="sm" w={160} label={t.action.feeAmount(currency)} inputMode="decimal" value={fee.value} onChange={(event) => change({ fees: [{ ...fee, value: decimal(event.currentTarget.value) }] })} />
      )}
    </div>
  );
}

export function UnitsForm(props: FormProps) {
  return <UnitsTable {...props} />;
}

export function UnitsAndMoneyForm(props: FormProps) {
  return (
    <>
      <UnitsTable {...props} />
      <MoneyOptions body={props.body} change={props.change} currency={props.order.currency} />
    </>
  );
}
