// Each action as an agent does it: from the search to what the outside systems have afterwards.
import assert from 'node:assert/strict';
import { looksRight } from './browser.mjs';
import { until } from './world.mjs';

/** Opens the first of what was found, once all of it is there: an order, if there is one. */
export async function openFirstFound(page) {
  await page.locator('.found [role=status]:not(:empty)').waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.locator('.found [role=option][aria-selected=true]').waitFor();
  await page.keyboard.press('Enter');
}

/** The order's page, by searching for its number. */
export async function openOrder(page, world, name) {
  await page.goto('/');
  // What changes before the page listens it does not hear of.
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('.find input').fill(world.orders[name] ?? name);
  await openFirstFound(page);
  await page.getByRole('heading', { level: 1, name: new RegExp(world.orders[name] ?? name) }).waitFor();
}

export async function openAction(page, button) {
  const direct = page.getByRole('button', { name: button, exact: true });
  const more = page.getByRole('button', { name: 'More', exact: true });
  // What is possible comes after the order, and says which actions have a button of their own.
  await until('it is known what is possible', () => more.isEnabled());
  if (await direct.count()) await direct.first().click();
  else {
    await more.click();
    await page.getByRole('menuitem', { name: new RegExp(`^${button}`) }).click();
  }
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

export const submitButton = (dialog) => dialog.locator('.dialog-foot button').last();

/** Submits and waits for the end of every effect. */
async function submit(page, dialog, chrome, name) {
  const button = submitButton(dialog);
  await until('the preview is there', () => button.isEnabled());
  await chrome.shot(page, `${name}-preview`);
  await looksRight(page, `${name}-preview`);
  await button.click();
  await dialog.getByText('All is carried out.').waitFor();
  await chrome.shot(page, `${name}-done`);
  await dialog.locator('.dialog-foot').getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
}

const units = (dialog, item) => dialog.getByLabel(`Quantity: ${item}`);
const reason = (dialog) => dialog.getByLabel('Reason');
const count = async (world) => (await world.sandbox('effects')).length;

async function acting({ world, chrome }, order, button, name, fill) {
  const page = await chrome.person();
  await world.quiet();
  const before = await count(world);
  await openOrder(page, world, order);
  const dialog = await openAction(page, button);
  await fill(dialog);
  await submit(page, dialog, chrome, name);
  assert.deepEqual(page.errors, []);
  await page.leave();
  return before;
}

async function cancel(stage) {
  const before = await acting(stage, 'fresh', 'Cancel items', 'cancel', async (dialog) => {
    await units(dialog, 'Enamel mug').fill('1');
    await reason(dialog).fill('Customer changed her mind');
  });
  const made = (await stage.world.sandbox('effects')).slice(before);
  assert.ok(made.some((each) => /cancel/i.test(each.kind)), JSON.stringify(made));
  const order = await stage.world.order('fresh');
  assert.equal(order.lines.find((each) => each.sku === 'MUG-1').quantities.cancelled, 1);
}

async function discount(stage) {
  await acting(stage, 'fresh', 'Discount', 'discount', async (dialog) => {
    await dialog.getByLabel('Percent').last().fill('10');
    await reason(dialog).fill('Scratched box');
  });
  const order = await stage.world.order('fresh');
  assert.ok(order.change_orders.some((each) => each.kind === 'discount'));
}

async function returning(stage) {
  const { world } = stage;
  const before = await acting(stage, 'back', 'Return', 'return', async (dialog) => {
    await units(dialog, 'Merino socks').first().fill('1');
    await reason(dialog).fill('Too small');
  });
  const order = await world.order('back');
  const refund = order.refunds[order.refunds.length - 1];
  const made = await until('the shop has the refund', async () => {
    const all = (await world.sandbox('effects')).slice(before);
    return all.find((each) => each.system === 'vendure' && each.amount === refund.amount);
  });
  assert.ok(made.key.includes(refund.id), made.key);
  const memos = order.credit_memos.filter((each) => each.action === refund.action);
  assert.equal(memos.length, 1);
  assert.equal(memos[0].totals.inc, refund.amount);
}

async function reship(stage) {
  await acting(stage, 'late', 'Send again', 'reship', async (dialog) => {
    await reason(dialog).fill('Lost in transit');
  });
  const order = await stage.world.order('late');
  assert.equal(order.lines[0].quantities.reshipped, 1);
}

async function appease(stage) {
  const before = await acting(stage, 'swap', 'Appeasement', 'appease', async (dialog) => {
    await dialog.getByLabel('Percent').last().fill('5');
    await reason(dialog).fill('Late delivery');
  });
  const order = await stage.world.order('swap');
  const made = (await stage.world.sandbox('effects')).slice(before);
  assert.ok(made.some((each) => each.amount === order.refunds[0].amount), JSON.stringify(made));
}

/** An order of its own, of which half is sent and half is paid. */
async function halfPaid({ world }) {
  const { order } = await world.command({
    do: 'place',
    name: 'half',
    customer: { firstName: 'Noor', lastName: 'de Vries', email: 'noor@example.org', phone: '+31 20 5550199' },
    lines: [['LANTERN', 'Camp lantern', 2, 5000]],
    payment: { method: 'bank-transfer', state: 'Settled', amount_minor: 6000 },
  });
  world.orders.half = order;
  await until('the order is in the hub', async () => (await world.api(`/api/v1/orders?q=${order}`)).items.length);
}

async function ship(stage) {
  await halfPaid(stage);
  const before = await acting(stage, 'half', 'Ship', 'ship', async (dialog) => {
    await units(dialog, 'Camp lantern').fill('1');
    await dialog.getByLabel('Carrier').fill('DHL');
    await dialog.getByLabel('Tracking number').fill('JD014600099');
    await dialog.getByText('Is sent: 1 × Camp lantern').waitFor();
  });
  const made = (await stage.world.sandbox('effects')).slice(before);
  assert.ok(made.some((each) => each.system === 'vendure' && /fulfil/i.test(each.kind)), JSON.stringify(made));
  const order = await stage.world.order('half');
  assert.equal(order.fulfilments[0].tracking_number, 'JD014600099');
}

async function recordPayment(stage) {
  const due = (await stage.world.order('half')).money.balance_due;
  await acting(stage, 'half', 'Record a payment', 'record-payment', async (dialog) => {
    assert.equal(await dialog.getByLabel('Amount in EUR').inputValue(), due, 'what is lacking is proposed');
    assert.equal(await submitButton(dialog).isEnabled(), false, 'nobody has said how it was paid');
    await dialog.getByLabel('Amount in EUR').fill('9999');
    await dialog.getByLabel('How it was paid').fill('Cash');
    await dialog.getByText(/9999/).last().waitFor();
    await dialog.getByLabel('Amount in EUR').fill('20,00');
    await dialog.getByLabel('Reference').fill('Till 4, receipt 118');
    await reason(dialog).fill('Paid at the counter');
  });
  const order = await stage.world.order('half');
  const paid = order.payments.find((each) => each.method === 'Cash');
  assert.equal(paid.amount, '20.00');
  assert.equal(paid.reference, 'Till 4, receipt 118');
}

async function goodwill(stage) {
  await acting(stage, 'late', 'Refund without goods', 'goodwill', async (dialog) => {
    await dialog.getByLabel('Amount in EUR').fill('5,00');
    await reason(dialog).fill('Goodwill');
  });
  const order = await stage.world.order('late');
  assert.equal(order.refunds.find((each) => each.kind === 'goodwill').amount, '5.00');
}

async function exchange(stage) {
  await acting(stage, 'swap', 'Exchange', 'exchange', async (dialog) => {
    await dialog.getByLabel('SKU').fill('SHOE-43');
    await dialog.getByLabel('Item', { exact: true }).fill('Approach shoe, 43');
    await dialog.getByLabel(/inspected first/).uncheck();
    await reason(dialog).fill('Too small');
  });
  const order = await stage.world.order('swap');
  assert.equal(order.related[0].relation, 'exchange');
}

async function inspectedReturn(stage) {
  const { world, chrome } = stage;
  const page = await chrome.person();
  await page.goto('/receive');
  const expected = (await world.order('spare')).return_orders[0].number;
  await page.getByLabel('Return number, order number or tracking number').fill(expected);
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Accepted: Gas stove/).fill('1');
  await page.getByLabel(/^Rejected: Gas stove/).fill('1');
  await page.getByLabel(/^Why rejected: Gas stove/).fill('Used');
  await chrome.shot(page, 'receive-form');
  await looksRight(page, 'receive-form');
  await page.getByRole('button', { name: 'Book what arrived' }).click();
  await page.getByText('Booked.').waitFor();
  await world.quiet();
  await page.getByRole('button', { name: 'Close the return' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await submit(page, dialog, chrome, 'close-return');
  const order = await world.order('spare');
  assert.equal(order.return_orders[0].state, 'closed');
  assert.equal(order.refunds.length, 1);
  await page.leave();
}

async function openReturn(stage) {
  await acting(stage, 'late', 'Return with inspection', 'open-return', async (dialog) => {
    await reason(dialog).fill('Not as described');
  });
  const order = await stage.world.order('late');
  assert.equal(order.return_orders[0].state, 'approved');
}

async function linkCase({ world, chrome }) {
  const page = await chrome.person();
  await page.goto('/cases');
  await page.getByRole('link', { name: /^Order / }).first().click();
  await page.getByRole('button', { name: /^Link y/ }).waitFor();
  // The key is listened for once the button is painted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await page.keyboard.press('y');
  await page.getByText('Decided by lena').waitFor();
  const cases = (await world.api('/api/v1/cases?decision=suggested')).items;
  assert.equal(cases.length, 0);
  await page.leave();
}

async function editParked({ world, chrome }) {
  const page = await chrome.person({ as: world.admin });
  await page.goto('/ops/messages');
  await page.getByRole('link', { name: 'Credit memo' }).first().click();
  await page.getByRole('button', { name: 'Edit' }).click();
  const field = page.getByLabel('Edited message');
  const text = await field.inputValue();
  await field.fill(text.replace(/"reason": "[^"]*"/, '"reason": "Seam torn, period reopened"'));
  await chrome.shot(page, 'message-edited');
  await looksRight(page, 'message-edited');
  await page.getByRole('button', { name: 'Keep the edited message' }).click();
  await page.getByRole('button', { name: 'Send edited' }).click();
  await page.getByText('Done', { exact: true }).first().waitFor();
  const parked = (await world.api('/api/v1/deliveries?state=parked')).items;
  assert.equal(parked.length, 0);
  await page.leave();
}

export const actions = [
  ['actions: cancel', cancel],
  ['actions: discount', discount],
  ['actions: return with refund', returning],
  ['actions: send again', reship],
  ['actions: goodwill', goodwill],
  ['actions: ship', ship],
  ['actions: record a payment', recordPayment],
  ['actions: return with inspection', openReturn],
  ['actions: appeasement', appease],
  ['actions: exchange', exchange],
  ['actions: receive, reject and close a return', inspectedReturn],
  ['actions: link a case by key', linkCase],
  ['actions: a parked message, edited and sent', editParked],
];
