// The panel in a desk's own page: a frame on the desk's address, and on nobody else's.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { looksRight } from './browser.mjs';

/** A ticket's page at some address, with the panel beside it. */
async function ticket(page, origin, panel) {
  const body = `<!doctype html><html lang="en"><title>Ticket</title><body><main><h1>Ticket</h1><iframe title="Order" src="${panel}" width="380" height="860"></iframe></main></body></html>`;
  const desk = createServer((_, answer) => answer.writeHead(200, { 'Content-Type': 'text/html' }).end(body));
  desk.listen(origin ? Number(new URL(origin).port) : 0, '127.0.0.1');
  await once(desk, 'listening');
  await page.goto(`http://127.0.0.1:${desk.address().port}/ticket`);
  return { frame: page.frameLocator('iframe'), close: () => desk.close() };
}

async function addressOf(world, id) {
  const made = await world.api(`/api/v1/cases/${id}:panel-address`, { method: 'POST' });
  return made.url;
}

async function besideTheTicket({ world, chrome }) {
  const [linked] = (await world.api('/api/v1/cases?decision=linked')).items;
  const order = await world.api(`/api/v1/orders/${linked.order_id}`);
  const page = await chrome.person({ as: null, width: 1000, height: 980 });
  const { frame, close } = await ticket(page, world.framing, await addressOf(world, linked.id));
  await frame.getByRole('heading', { level: 1, name: order.number }).waitFor();
  await frame.getByText(order.customer.name).first().waitFor();
  await frame.getByRole('link', { name: 'Open the order' }).waitFor();
  await chrome.shot(page, 'panel-beside-ticket');
  close();
  await page.leave();
}

async function byItself({ world, chrome }) {
  const cases = (await world.api('/api/v1/cases')).items;
  const page = await chrome.person({ as: null, language: 'de', scheme: 'dark', width: 360, height: 800 });
  for (const decision of ['linked', 'suggested', 'none']) {
    const found = cases.find((each) => each.decision === decision);
    if (!found) continue;
    await page.goto(await addressOf(world, found.id));
    await page.locator('h1').waitFor();
    await chrome.shot(page, `panel-${decision}`, true);
    await looksRight(page, `panel-${decision}`);
  }
  await page.leave();
}

async function notElsewhere({ world, chrome }) {
  const [linked] = (await world.api('/api/v1/cases?decision=linked')).items;
  const address = await addressOf(world, linked.id);
  const page = await chrome.person({ as: null });
  const refused = page.waitForEvent('console', (message) => /frame-ancestors|refused to connect/i.test(message.text()));
  const { frame, close } = await ticket(page, null, address);
  await refused;
  close();
  assert.equal(await frame.locator('#root').count(), 0, 'a stranger shows nothing');
  await page.goto(address.replace(/signature=../, 'signature=00'));
  await page.getByText('The address of this panel is not signed.').waitFor();
  await page.leave();
}

export const panel = [
  ['panel: beside the ticket', besideTheTicket],
  ['panel: by itself, German and dark', byItself],
  ['panel: not for strangers', notElsewhere],
];
