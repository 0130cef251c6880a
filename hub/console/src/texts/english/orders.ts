/** Orders, customers, cases and the receiving desk. */
type Words = Record<string, string>;
type Pair = [short: string, whole: string];

export const orders = {
  orders: {
    title: 'Orders', number: 'Order', customer: 'Customer', placed: 'Placed', store: 'Store', state: 'State', value: 'Value now',
    toClear: 'To clear', anyState: 'Any state', onlyExceptions: 'Only those that need a person', filter: 'State',
    none: 'No order fits. Change the filter above.', shown: (n: string) => `${n} shown`, more: 'All orders are shown', loading: 'Loading more',
  },
  order: {
    title: 'Order', valueNow: 'Value now', more: 'More', suspended: 'This order is suspended: an open exception stops every other action.',
    unmanaged: 'The hub only shows this order. It may not change it.', items: (n: number) => (n === 1 ? '1 item' : `${n} items`),
    itemsOf: 'Items', item: 'Item', state: 'State', price: 'Unit price', lineTotal: 'Line total', taxIncluded: 'Prices include tax',
    taxOnTop: 'Prices without tax; totals with tax', taxOf: (rate: string) => `Tax ${rate}`, taxWithin: 'of it tax', partOf: (line: string) => `part of ${line}`,
    asPlaced: 'Order as placed', changes: 'Changes and credit memos', noChanges: 'Nothing has changed since the order was placed.', when: 'When',
    what: 'What', inBooks: 'In the books', amount: 'Amount', noMemo: 'No memo', fulfilments: 'Shipments', noFulfilments: 'Nothing was sent yet.',
    parcel: 'Parcel', noTracking: 'No tracking yet', resent: 'Sent again', exceptions: 'Exceptions', raised: 'Since', resolution: 'Resolution',
    cases: 'Cases', noCases: 'No case is linked to this order.', timeline: 'Timeline', showAll: 'Show all', less: 'Show less', number: 'Number', next: 'Next',
  },
  lineKinds: { product: 'Item', delivery: 'Delivery', fee: 'Fee' } as Words,
  quantities: {
    ordered: ['Ordered', 'Ordered'] as Pair, allocated: ['Alloc.', 'Allocated'] as Pair, fulfilled: ['Fulf.', 'Fulfilled'] as Pair,
    return_initiated: ['Exp.', 'Expected back'] as Pair, returned: ['Ret.', 'Returned'] as Pair, cancelled: ['Canc.', 'Cancelled'] as Pair,
    reshipped: ['Again', 'Sent again'] as Pair,
  },
  /** What a total is made of. */
  parts: {
    items: 'Items', discounts: 'Discounts', delivery: 'Delivery', fees: 'Fees', other: 'Other', cancel: 'Cancelled', return: 'Returned',
    discount: 'Discounted since', fee: 'Fees since', add: 'Added', adjust: 'Adjusted', refund: 'Refunded apart', chargeback: 'Charged back',
  } as Words,
  changes: {
    cancel: 'Cancelled', return: 'Returned', discount: 'Discounted', fee: 'Fee', add: 'Added', adjust: 'Adjusted', refund: 'Refund', chargeback: 'Chargeback',
  } as Words,
  payments: {
    title: 'Payments', kept: 'Kept', unknown: 'Refund not confirmed', underWay: 'Refund under way', refunded: 'Refunded', captured: 'Captured',
    toCapture: 'Still to capture', excess: 'Captured too much', due: 'Still to be paid',
    kinds: { capture: 'Capture', reverse: 'Release', refund: 'Refund' } as Words & { refund: string },
  },
  customer: {
    title: 'Customer', all: 'All orders and cases', shipTo: 'Shipped to', billTo: 'Billed to', bothAddresses: 'Shipped and billed to',
    orders: 'Orders', cases: 'Cases', identities: 'Known by', history: 'How it came together', accounts: 'Buys for', buyers: 'Buyers',
    suggestions: 'May be the same person', join: 'Same person', split: 'Not this person', joinReason: 'Why they are the same', splitReason: 'Why this is somebody else',
    kind: { person: 'Person', account: 'Business account' } as Words, email: 'E-mail', idAt: (system: string) => `Number at ${system}`,
    what: { identity_added: 'Added', joined: 'Joined', split: 'Split' } as Words, noOrders: 'No orders.', noCases: 'No cases.', newest: 'Newest first',
  },
  returns: { title: 'Returns', receive: 'Receive', accepted: 'Accepted', rejected: 'Rejected' },
  problem: {
    title: 'What needs somebody',
    memoRefused: (number: string, system: string, amount: string) => `Credit memo ${number} over ${amount} was refused by ${system}.`,
    customerNotAffected: 'The customer is not affected.',
    stepParked: (what: string, system: string) => `${what}: ${system} did not take it.`,
    refundFailed: (amount: string, system: string) => `The refund of ${amount} failed at ${system}.`,
    noMoneyYet: 'The customer has no money yet. Choose another way.',
    otherWay: 'Choose another way', openMessage: 'Open message', resolve: 'Resolve',
    refundUnknown: (amount: string, system: string) => `Refund of ${amount}: ${system} has not confirmed it.`,
    refundUnknownNext: 'It may have gone through. The hub asks again by itself. Do not refund by other means.',
  },
  exceptions: {
    step_parked: 'An effect was not carried out', amount_disagrees: 'Amounts of shop and hub differ', units_disagree: 'Units of shop and hub differ',
    change_not_visible: 'A change does not show in the shop', refund_not_visible: 'A refund does not show in the shop', refund_disagrees: 'A refund differs in the shop',
    refund_failed: 'A refund failed', chargeback: 'The bank took money back', suspended: 'Suspended by a person', order: 'Order', payment: 'Payment',
    balance_due: 'Money is lacking', excess_funds: 'More was captured than the order is worth',
  } as Words,
  advice: {
    title: 'Recommended',
    excess: (amount: string) => `${amount} were captured that no item answers for: refund them.`,
    late: (days: number, tracking: string) => `Parcel ${tracking} left ${days} days ago and has not arrived. Send it again or refund it.`,
    asksAfterParcel: (subject: string, tracking: string) => `The customer writes “${subject}”. Parcel ${tracking} has not been delivered: send it again or refund it.`,
    closeReturn: (number: string) => `${number} is received: close it so that the customer gets the money.`,
  },
  cases: {
    title: 'Cases', linked: 'Linked', suggested: 'Suggested', unlinked: 'Unlinked', none: 'No case here.', evidence: 'Evidence', candidates: 'Candidates',
    link: 'Link', not: 'Not this order', relink: 'Link to another order', unlink: 'Take the link away', orderNumber: 'Order number', linkToo: 'Link to this one too', confirm: 'That is right', score: (n: number) => `Weight ${n}`,
    noSuchOrder: 'No order has this number.', decidedBy: (who: string) => `Decided by ${who}`, rule: 'a rule', messages: 'Messages', openDesk: 'Open in the desk',
    choose: 'Choose a case on the left.', from: 'From', order: 'Order', noCandidates: 'The hub has found no order for this case.', inbound: 'Customer', outbound: 'Agent', internal: 'Internal',
    desk: 'Desk', subject: 'Subject', state: 'State', updated: 'Changed',
  },
  receive: {
    title: 'Receive returns', scan: 'Return number, order number or tracking number', find: 'Find', expected: 'Expected parcels', nothing: 'No return is expected under this number.',
    got: 'Accepted', rejected: 'Rejected', condition: 'Condition', rejection: 'Why rejected', of: (n: number) => `${n} expected`, submit: 'Book what arrived', close: 'Close the return',
    done: 'Booked.', closed: 'Closed.', open: (number: string) => `Open ${number}`, rest: 'The rest may come later: the return stays open.', item: 'Item',
    conditions: { new: 'New', opened: 'Opened', damaged: 'Damaged', worthless: 'Worthless' } as Words, preview: 'What the customer gets', note: 'Note',
  },
};
