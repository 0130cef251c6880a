import { Checkbox, Group, NumberInput, Radio, Select, TextInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { useTexts } from '../../texts';
import { decimal, type Body, type FormProps } from './body';
import { UnitsTable } from './units_form';

const still = { transitionProps: { duration: 0 } };

/** A discount or an appeasement: on lines or on all of them, in percent or as an amount. */
export function DiscountForm({ order, eligible, body, change }: FormProps) {
  const { t } = useTexts();
  const open = new Set((eligible?.lines ?? []).filter((each) => each.units > 0).map((each) => each.line_id));
  const chosen = (body.lines ?? []) as string[];
  const toggle = (id: string, on: boolean) => {
    const lines = on ? [...chosen, id].sort() : chosen.filter((each) => each !== id);
    change({ lines: lines.length ? lines : undefined } as Partial<Body>);
  };
  return (
    <>
      <Radio.Group label={t.action.how} value={body.basis ?? 'percentage'} onChange={(basis) => change({ basis: basis as Body['basis'], value: '' } as Partial<Body>)}>
        <Group gap={16} mt={4}>
          <Radio size="md" value="percentage" label={t.action.percent} />
          <Radio size="md" value="amount_with_tax" label={t.action.amount(order.currency)} />
        </Group>
      </Radio.Group>
      <TextInput size="sm" w={180} data-autofocus label={body.basis === 'percentage' ? t.action.percent : t.action.amount(order.currency)} inputMode="decimal" value={body.value ?? ''} onChange={(event) => change({ value: decimal(event.currentTarget.value) })} />
      <Checkbox.Group label={t.action.onLines} description={chosen.length ? undefined : t.action.onAll}>
        <div className="stack tight" style={{ marginTop: 6, maxHeight: 240, overflowY: 'auto' }}>
          {order.lines
            .filter((line) => open.has(line.id))
            .map((line) => (
              <Checkbox key={line.id} size="sm" label={line.name} checked={chosen.includes(line.id)} onChange={(event) => toggle(line.id, event.currentTarget.checked)} />
            ))}
        </div>
      </Checkbox.Group>
    </>
  );
}

/** What goes back, and what goes out for it. */
export function ExchangeForm(props: FormProps) {
  const { t } = useTexts();
  const { body, change } = props;
  const item = body.items?.[0] ?? { sku: '', name: '', quantity: 1 };
  const set = (part: Partial<typeof item>) => change({ items: [{ ...item, ...part }] });
  return (
    <>
      <UnitsTable {...props} />
      <fieldset className="inputs">
        <legend className="strong">{t.action.inExchange}</legend>
        <Group gap={8} align="end">
          <TextInput size="sm" w={130} label={t.action.sku} value={item.sku} onChange={(event) => set({ sku: event.currentTarget.value })} />
          <TextInput size="sm" style={{ flex: 1 }} label={t.action.itemName} value={item.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <NumberInput size="sm" w={80} label={t.action.quantity} min={1} allowDecimal={false} value={item.quantity} onChange={(value) => set({ quantity: Number(value) || 0 })} />
        </Group>
        <p className="small quiet">{t.action.evenExchange}</p>
        <Checkbox size="sm" label={t.action.inspectFirst} checked={body.inspect ?? false} onChange={(event) => change({ inspect: event.currentTarget.checked })} />
      </fieldset>
    </>
  );
}

/** What the warehouse is to send, and what is known of the parcel. */
export function FulfilForm(props: FormProps) {
  const { t } = useTexts();
  const { body, change } = props;
  const text = (name: 'carrier' | 'tracking_number') => (event: ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value.trim() ? event.currentTarget.value : undefined });
  return (
    <>
      <UnitsTable {...props} />
      <Group gap={8} align="end" wrap="nowrap">
        <TextInput size="sm" w={140} label={t.action.carrier} maxLength={200} value={body.carrier ?? ''} onChange={text('carrier')} />
        <TextInput size="sm" style={{ flex: 1 }} label={t.action.trackingNumber} maxLength={200} value={body.tracking_number ?? ''} onChange={text('tracking_number')} />
      </Group>
      <Checkbox size="sm" label={t.action.draft} checked={body.draft ?? false} onChange={(event) => change({ draft: event.currentTarget.checked || undefined })} />
    </>
  );
}

/** Money that came another way than through the shop. */
export function RecordPaymentForm({ order, body, change }: FormProps) {
  const { t, f } = useTexts();
  return (
    <>
      <TextInput size="sm" data-autofocus label={t.action.method} required maxLength={200} value={body.method ?? ''} onChange={(event) => change({ method: event.currentTarget.value })} list="methods" />
      <datalist id="methods">
        {t.methods.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <TextInput
        size="sm"
        w={240}
        label={t.action.amount(order.currency)}
        description={t.action.lacking(f.money(order.money.balance_due ?? '0', order.currency))}
        inputMode="decimal"
        required
        value={body.amount ?? ''}
        onChange={(event) => change({ amount: decimal(event.currentTarget.value) })}
      />
      <TextInput size="sm" label={t.action.reference} description={t.action.referenceHint} maxLength={200} value={body.reference ?? ''} onChange={(event) => change({ reference: event.currentTarget.value || undefined })} />
    </>
  );
}

/** Money back without goods: what was captured too much, or a goodwill amount. */
export function RefundForm({ order, body, change }: FormProps) {
  const { t, f } = useTexts();
  const excess = order.money.excess ?? '0';
  const hasExcess = /[1-9]/.test(excess);
  return (
    <>
      <Radio.Group label={t.action.why} value={body.kind ?? 'goodwill'} onChange={(kind) => change({ kind: kind as 'excess' | 'goodwill', amount: undefined } as Partial<Body>)}>
        <Radio size="md" mt={6} value="excess" disabled={!hasExcess} label={t.action.excess(f.money(excess, order.currency))} />
        <Radio size="md" mt={6} value="goodwill" label={t.action.goodwill} />
      </Radio.Group>
      {body.kind === 'goodwill' && (
        <TextInput size="sm" w={180} data-autofocus label={t.action.amount(order.currency)} inputMode="decimal" value={body.amount ?? ''} onChange={(event) => change({ amount: decimal(event.currentTarget.value) })} />
      )}
    </>
  );
}

export function RetryRefundForm({ order, body, change }: FormProps) {
  const { t, f } = useTexts();
  const failed = order.refunds.filter((each) => each.state === 'failed');
  return (
    <Select
      size="sm"
      label={t.action.failedRefund}
      allowDeselect={false}
      comboboxProps={still}
      data={failed.map((each) => ({ value: each.id, label: `${f.money(each.amount, order.currency)} · ${each.message}` }))}
      value={body.refund ?? null}
      onChange={(refund) => change({ refund: refund ?? '' })}
    />
  );
}

export function ExceptionForm({ order, body, change }: FormProps) {
  const { t } = useTexts();
  const exception = order.exceptions.find((each) => each.id === body.exception);
  return (
    <>
      <p className="wrap-any">{exception ? t.quoted(exception.message) : ''}</p>
      <Radio.Group label={t.action.howResolved} value={body.ignore ? 'ignore' : 'resolve'} onChange={(value) => change({ ignore: value === 'ignore' })}>
        <Radio size="md" mt={6} value="resolve" label={t.action.isMended} />
        <Radio size="md" mt={6} value="ignore" label={t.action.isIgnored} />
      </Radio.Group>
    </>
  );
}

export function ReturnOrderForm({ order, body }: FormProps) {
  const entry = order.return_orders.find((each) => each.id === body.return_order);
  const name = (id: string) => order.lines.find((line) => line.id === id)?.name ?? id;
  if (!entry) return null;
  return (
    <div>
      <p className="strong digits">{entry.number}</p>
      {entry.lines.map((each) => (
        <p key={each.id}>
          {each.expected} × {name(each.line_id)}
        </p>
      ))}
    </div>
  );
}
