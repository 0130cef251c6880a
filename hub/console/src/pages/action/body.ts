/** The input of an action while it is being written: what of it is there is what will be sent. */
import type { components } from '../../api/schema.gen';
import type { Action, Eligible, Order } from '../../api/types';

type Schemas = components['schemas'];

export type Unit = { line_id: string; quantity: number };
export type Body = {
  lines?: Unit[] | string[];
  items?: Schemas['ExchangeInput']['items'];
  reason?: string;
  basis?: Schemas['DiscountBasis'];
  value?: string;
  fees?: Schemas['FeesInput'];
  delivery?: Schemas['DeliveryRule'];
  inspect?: boolean;
  kind?: 'excess' | 'goodwill';
  amount?: string;
  refund?: string;
  return_order?: string;
  exception?: string;
  carrier?: string;
  tracking_number?: string;
  draft?: boolean;
  method?: string;
  reference?: string;
  ignore?: boolean;
};

export type FormProps = { order: Order; eligible: Eligible | undefined; body: Body; change: (part: Partial<Body>) => void; about: string | undefined };

export const units = (body: Body): Unit[] => (body.lines ?? []).filter((each): each is Unit => typeof each !== 'string');

const DECIMAL = /^\d{1,15}(\.\d{1,4})?$/;

/** "12,50" as a German writes it, as the hub reads it. */
export const decimal = (text: string): string => text.trim().replace(',', '.');

/** What a dialog begins with: everything that is left for a single line, nothing where a choice is to be made. */
export function begin(action: Action, order: Order, eligible: Eligible | undefined, about: string | undefined): Body {
  const open = eligible?.lines.filter((each) => each.units > 0) ?? [];
  const lines = open.length === 1 ? [{ line_id: open[0]!.line_id, quantity: open[0]!.units }] : [];
  switch (action) {
    case 'cancel':
    case 'return':
    case 'open-return':
    case 'reship':
    case 'fulfil':
      return { lines };
    case 'record-payment':
      return { method: '', amount: order.money.balance_due ?? '' };
    case 'exchange':
      return { lines, items: [{ sku: '', name: '', quantity: 1 }], inspect: true };
    case 'discount':
    case 'appease':
      return { basis: 'percentage', value: '10' };
    case 'refund':
      return { kind: /[1-9]/.test(order.money.excess ?? '') ? 'excess' : 'goodwill' };
    case 'retry-refund':
      return { refund: about ?? order.refunds.find((each) => each.state === 'failed')?.id ?? '' };
    case 'resolve-exception':
      return { exception: about ?? order.exceptions.find((each) => each.status === 'active')?.id ?? '' };
    case 'submit-return':
    case 'approve-return':
    case 'close-return':
    case 'cancel-return':
      return { return_order: about ?? '' };
    default:
      return {};
  }
}

const WITHOUT_REASON: Action[] = ['fulfil', 'capture', 'submit-return', 'approve-return', 'close-return'];

/** Whether there is enough for the hub to work out figures. A reason is asked for when it is submitted. */
export function isComplete(action: Action, body: Body): boolean {
  if (body.value !== undefined && !DECIMAL.test(body.value)) return false;
  if (body.amount !== undefined && !DECIMAL.test(body.amount)) return false;
  if (body.fees?.some((each) => !DECIMAL.test(each.value) || !each.label)) return false;
  if (['cancel', 'return', 'open-return', 'reship', 'exchange', 'fulfil'].includes(action) && !units(body).length) return false;
  if (action === 'exchange' && !body.items?.every((each) => each.sku && each.name && each.quantity > 0)) return false;
  if (action === 'record-payment' && !(body.method?.trim() && /[1-9]/.test(body.amount ?? ''))) return false;
  if (action === 'refund' && body.kind === 'goodwill' && !body.amount) return false;
  return true;
}

export const needsReason = (action: Action): boolean => !WITHOUT_REASON.includes(action);

/** A reason does not change a figure, so that a preview need not wait for it. */
export const forPreview = (action: Action, body: Body): Body => (needsReason(action) && !body.reason ? { ...body, reason: '-' } : body);
