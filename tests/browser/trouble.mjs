// What goes wrong on a working day: two agents, double clicks, lost answers, a hub that is killed, a session that ends.
import assert from 'node:assert/strict';
import { openAction, openOrder, submitButton } from './actions.mjs';
import { looksRight } from './browser.mjs';
import { until } from './world.mjs';

const HELD = { firstName: 'Mara', lastName: 'Voss', email: 'mara.voss@example.org', phone: '+49 30 1234567' };

/** An order of its own for a test, which has not been shipped. */
async function freshOrder(world, name) {
  const { order } = await world.command({ do: 'place', name, customer: HELD, lines: [['LAMP', 'Camp lamp', 3, 3900]] });
  await until('the order is in the hub', async () => (await world.api(`/api/v1/orders?q=${order}`)).items.length);
  await world.quiet();
  return order;
}

async function beginCancel(page, world, number, quantity = '1') {
  await openOrder(page, world, number);
  const dialog = await openAction(page, 'Cancel items');
  await dialog.getByLabel('Quantity: Camp lamp').fill(quantity);
  await dialog.getByLabel('Reason').fill('Too late');
  await until('the preview is there', () => submitButton(dialog).isEnabled());
  return dialog;
}

async function twoAgents({ world, chrome }) {
  const number = await freshOrder(world, 'two agents');
  const [one, other] = [await chrome.person(), await chrome.person()];
  const first = await beginCancel(one, world, number);
  const second = await beginCancel(other, world, number, '2');
  await submitButton(first).click();
  await first.getByText('All is carried out.').waitFor();
  await second.getByText(/changed while you were working/).waitFor();
  assert.ok(await submitButton(second).isDisabled(), 'nothing can be submitted on old figures');
  await chrome.shot(other, 'two-agents-conflict');
  await looksRight(other, 'two-agents-conflict');
  assert.equal(await second.getByLabel('Quantity: Camp lamp').inputValue(), '2', 'what was written is still there');
  // The shop tells of the first one's cancel, too: another change, if it comes later.
  await world.quiet();
  await second.getByRole('button', { name: /Recalculate/ }).click();
  await until('the new figures are there', () => submitButton(second).isEnabled());
  await submitButton(second).click();
  await second.getByText('All is carried out.').waitFor();
  const order = await world.order(number);
  assert.equal(order.lines[0].quantities.cancelled, 3);
  await one.leave();
  await other.leave();
}

async function doubleClick({ world, chrome }) {
  const number = await freshOrder(world, 'double click');
  const page = await chrome.person();
  const dialog = await beginCancel(page, world, number);
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().endsWith(':submit')) sent += 1;
  });
  await submitButton(dialog).dblclick();
  await dialog.getByText('All is carried out.').waitFor();
  assert.equal(sent, 1, 'one request');
  assert.equal((await world.order(number)).actions.length, 1);
  await page.leave();
}

async function lostAnswer({ world, chrome }) {
  const number = await freshOrder(world, 'lost answer');
  const page = await chrome.person();
  const dialog = await beginCancel(page, world, number);
  const keys = [];
  await page.route('**/*:submit', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length === 1) {
      await route.fetch();
      await route.abort('connectionreset');
    } else await route.continue();
  });
  await submitButton(dialog).click();
  await dialog.getByText(/No answer came/).waitFor();
  await chrome.shot(page, 'unknown-outcome');
  await looksRight(page, 'unknown-outcome');
  assert.ok(await submitButton(dialog).isDisabled(), 'no second attempt beside the first');
  await dialog.getByRole('button', { name: 'Ask what became of it' }).click();
  await dialog.getByText(/It was not carried out twice/).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal((await world.order(number)).actions.length, 1);
  await page.leave();
}

async function partialFailure({ world, chrome }) {
  const page = await chrome.person();
  await world.command({ do: 'close_period' });
  await openOrder(page, world, 'back');
  const dialog = await openAction(page, 'Return');
  await dialog.getByLabel(/^Quantity: Merino socks/).fill('1');
  await dialog.getByLabel('Reason').fill('Too small');
  await until('the preview is there', () => submitButton(dialog).isEnabled());
  await submitButton(dialog).click();
  await dialog.getByText(/1 of \d effects need somebody/).waitFor();
  await chrome.shot(page, 'partial-failure');
  await looksRight(page, 'partial-failure');
  await page.leave();
}

async function offline({ world, chrome }) {
  const number = await freshOrder(world, 'offline');
  const page = await chrome.person();
  const dialog = await beginCancel(page, world, number);
  await page.context().setOffline(true);
  await dialog.getByText('You are offline. Nothing was sent.').waitFor();
  assert.ok(await submitButton(dialog).isDisabled());
  await chrome.shot(page, 'offline');
  await page.context().setOffline(false);
  await until('it goes on', () => submitButton(dialog).isEnabled());
  await submitButton(dialog).click();
  await dialog.getByText('All is carried out.').waitFor();
  await page.leave();
}

async function hubRestart({ world, chrome }) {
  const number = await freshOrder(world, 'restart');
  const page = await chrome.person();
  await openOrder(page, world, number);
  await page.getByText('Live', { exact: true }).waitFor();
  await world.command({ do: 'stop' });
  await page.getByText('Not live, reconnecting.', { exact: false }).waitFor();
  await chrome.shot(page, 'hub-away');
  await world.command({ do: 'start' });
  await page.getByText('Live', { exact: true }).waitFor();
  await world.command({ do: 'ship', order: number });
  await page.getByText('JD000001').waitFor();
  assert.deepEqual(page.errors, []);
  await page.leave();
}

async function oneStream({ world, chrome }) {
  const page = await chrome.person();
  const { id } = await world.order('main');
  let streams = 0;
  page.context().on('request', (request) => {
    if (request.url().includes('/api/v1/events?newest=0') || request.headers().accept === 'text/event-stream') streams += 1;
  });
  const tabs = [page];
  for (let index = 0; index < 3; index += 1) tabs.push(await page.context().newPage());
  for (const tab of tabs) {
    await tab.goto(`/orders/${id}`);
    await tab.getByText('Live', { exact: true }).waitFor();
  }
  assert.equal(streams, 1, 'one stream for all tabs');
  await page.leave();
}

async function sessionEnds({ chrome }) {
  const page = await chrome.person();
  await page.goto('/orders');
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  await page.route('**/api/v1/**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: { type: 'about:blank', title: 'x', status: 401, detail: 'This token is not known.', code: 'not_authenticated' } }));
  await page.getByRole('link', { name: 'Cases' }).click();
  await page.getByText('Your session has ended.', { exact: false }).waitFor();
  await looksRight(page, 'session-ended');
  await page.leave();
}

export const trouble = [
  ['trouble: two agents on one order', twoAgents],
  ['trouble: a double click', doubleClick],
  ['trouble: an answer that is lost', lostAnswer],
  ['trouble: a part that fails', partialFailure],
  ['trouble: offline', offline],
  ['trouble: one stream for all tabs', oneStream],
  ['trouble: the session ends', sessionEnds],
  ['trouble: the hub is restarted', hubRestart],
];
