/** Dialogs of actions: what they ask, what they show, how far they are. */
import type { Action } from '../../api/types';

type Words = Record<string, string>;
type Dialogue = { name: string; submit: string; hint: string };

const actionTexts: Record<Action, Dialogue> = {
  cancel: { name: 'Cancel items', submit: 'Cancel items', hint: 'Items that have not left can be cancelled.' },
  return: { name: 'Return', submit: 'Return', hint: 'The refund goes out now, before the goods arrive.' },
  'open-return': { name: 'Return with inspection', submit: 'Open the return', hint: 'A return number is given; the refund follows once the goods are received and accepted.' },
  reship: { name: 'Send again', submit: 'Send again', hint: 'The same items go out once more, free of charge.' },
  exchange: { name: 'Exchange', submit: 'Exchange', hint: 'Choose what comes back, then what goes out for it.' },
  discount: { name: 'Discount', submit: 'Discount', hint: 'Lowers what items cost. What was captured too much goes back.' },
  appease: { name: 'Appeasement', submit: 'Give', hint: 'For a customer who keeps the goods and was let down.' },
  refund: { name: 'Refund without goods', submit: 'Refund', hint: 'For money captured twice, or as goodwill.' },
  'retry-refund': { name: 'Refund another way', submit: 'Send the refund again', hint: 'A refund that failed is sent again under a key of its own.' },
  'submit-return': { name: 'Submit', submit: 'Submit the return', hint: 'The draft is put forward.' },
  'approve-return': { name: 'Approve', submit: 'Approve the return', hint: 'The goods may be sent back.' },
  'receive-return': { name: 'Receive', submit: 'Book what arrived', hint: 'What came back and in which condition.' },
  'close-return': { name: 'Close', submit: 'Close', hint: 'What was accepted is refunded; nothing more is expected.' },
  'cancel-return': { name: 'Cancel the return', submit: 'Cancel the return', hint: 'Nothing is expected back any more.' },
  fulfil: { name: 'Ship', submit: 'Ship', hint: 'Asks the warehouse for a shipment.' },
  'update-fulfilment': { name: 'Change a shipment', submit: 'Change', hint: 'State and tracking of a shipment.' },
  capture: { name: 'Capture', submit: 'Capture', hint: 'Takes authorized money for what was shipped.' },
  'reverse-authorization': { name: 'Release authorized money', submit: 'Release', hint: 'Gives back what was authorized and is not needed.' },
  'record-payment': { name: 'Record a payment', submit: 'Record', hint: 'Money that was received outside of the shop.' },
  suspend: { name: 'Suspend', submit: 'Suspend', hint: 'Stops every other action until somebody resolves it.' },
  'resolve-exception': { name: 'Resolve', submit: 'Resolve', hint: 'Say what was done about it.' },
};

export const actions = {
  actions: actionTexts,
  /** Why an action is not possible now. */
  impossible: {
    nothing_to_cancel: 'Every item has left, was cancelled or came back.', nothing_to_return: 'Nothing was shipped that could come back.',
    'nothing_to_open-return': 'Nothing was shipped that could come back.', nothing_to_discount: 'No item is left that costs something.',
    nothing_to_appease: 'Nothing was shipped that costs something.', nothing_to_reship: 'Nothing was shipped that could be sent again.',
    nothing_to_exchange: 'No item can be exchanged now.', nothing_to_fulfil: 'Every item has been sent.', nothing_to_refund: 'Nothing was captured too much, and there is no money that you may give.',
    no_failed_refund: 'No refund has failed.', no_return_order: 'No return is in a state that allows it.', nothing_authorized: 'No authorized money is left.',
    nothing_to_reverse: 'No more is authorized than the order needs.', no_balance: 'No money is lacking.', no_exception: 'No exception is open.',
    no_fulfilment: 'No shipment is under way.', over_limit: 'You may not give anything on this order.', suspended: 'The order is suspended. Resolve the exception first.',
    unmanaged: 'The hub may not change this order.',
  } as Words,
  /** Why units cannot be chosen. */
  blocked: {
    allocated: 'packed already', fulfilled: 'have left', not_fulfilled: 'have not left yet', in_fulfilment: 'are being packed', reshipped: 'were sent again',
    on_the_way_back: 'are on their way back', returned: 'came back', cancelled: 'were cancelled', incomplete: 'held by their bundle', no_value: 'cost nothing', not_a_product: 'no goods',
  } as Words,
  reasons: ['Damaged', 'Wrong item', 'Too small', 'Too large', 'Not as described', 'Changed mind', 'Late delivery', 'Lost in transit', 'Paid twice', 'Goodwill'],
  methods: ['Bank transfer', 'Cash', 'Cheque', 'Card terminal', 'Payment link'],
  action: {
    quantity: 'Quantity', of: (n: number) => `of ${n}`, units: 'Items to choose from', blocked: (n: number, why: string) => `${n} ${why}`, deliveryBack: 'Give back the share of the delivery charge',
    keepFee: 'Keep a fee', feeLabel: 'Return fee', feeAmount: (currency: string) => `Fee in ${currency}`, how: 'How much', percent: 'Percent', amount: (currency: string) => `Amount in ${currency}`,
    onLines: 'On these items', onAll: 'None chosen: on all of them', inExchange: 'In exchange', sku: 'SKU', itemName: 'Item', evenExchange: 'The exchange is even: the customer pays nothing and gets nothing back.',
    inspectFirst: 'The goods come back and are inspected first', why: 'Why', excess: (amount: string) => `Captured too much (${amount})`, goodwill: 'Goodwill', failedRefund: 'Failed refund',
    carrier: 'Carrier', trackingNumber: 'Tracking number', draft: 'As a draft: nothing is packed yet',
    method: 'How it was paid', lacking: (amount: string) => `The order lacks ${amount}`, reference: 'Reference', referenceHint: 'What finds it again: a receipt or transfer number',
    howResolved: 'How it ends', isMended: 'It is mended', isIgnored: 'It does not matter here', reason: 'Reason', incomplete: 'Choose on the left; the figures of the hub appear here.',
    changed: (number: string) => `Order ${number} changed while you were working. Your entries are kept. Check the new figures.`, old: 'These figures are more than 5 minutes old.', recalculate: 'Recalculate',
    uncertain: 'No answer came. It may have been carried out. Ask again: the hub does it once at most.', askAgain: 'Ask what became of it',
    needsApproval: (roles: string, why: string) => `This needs the approval of ${roles}: ${why}. Nothing is sent until then.`, askApproval: 'Ask for approval',
    asked: (role: string, why: string) => `Waiting for the approval of ${role}: ${why}. Nothing is sent until then.`,
    loseInputs: 'What you have written will be lost.', discard: 'Discard', unknownOpen: (amount: string) => `An unconfirmed refund of ${amount} is open. This action is not part of it.`,
    andRefund: (verb: string, amount: string, action: Action) => (action === 'refund' || action === 'retry-refund' ? `Refund ${amount}` : `${verb}, refund ${amount}`),
  },
  preview: {
    refundTo: (method: string) => `Refund to ${method}`, refundable: (amount: string) => `refundable before: ${amount}`, transfer: 'Goes to the exchange order', operation: (kind: string, method: string) => `${kind}, ${method}`,
    noMoney: 'No money moves.', becomes: 'becomes', value: 'Order value', tax: 'Tax in it', refunded: 'Refunded in all', captured: 'Captured', memo: 'Credit memo', invoice: 'Invoice',
    exchangeOrder: 'Exchange order', customerPays: 'Customer pays', sends: (items: string) => `Is sent: ${items}`, expects: (items: string, state: string) => `Expected back: ${items} (${state})`,
    effects: 'What is sent to other systems', noEffects: 'Nothing: only the hub changes.',
  },
  progress: {
    title: 'Progress', accepted: 'Accepted. The effects are on their way.', all: 'All is carried out.', partly: (n: number, of: number) => `${n} of ${of} effects need somebody. The rest goes on.`,
    refundFailed: 'The refund failed: the customer has no money yet.', unknown: 'An effect is not confirmed. The hub asks again by itself; do not repeat it.', replayed: 'This had been accepted before. It was not carried out twice.',
    mayLeave: 'You can close this: the hub goes on, and the order shows the result.', tries: (n: number) => (n === 1 ? '1 try' : `${n} tries`), refundTaken: (system: string) => `Taken by ${system}; not confirmed by the bank yet`,
    states: { waiting: 'Waiting', in_flight: 'Being sent', unknown: 'Not confirmed', done: 'Confirmed', parked: 'Needs somebody', dropped: 'Given up' } as Words,
  },
};
