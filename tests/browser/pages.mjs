// Each page as it is looked at: light and dark, English and German, desk and tablet.
import assert from 'node:assert/strict';
import { openFirstFound } from './actions.mjs';
import { looksRight } from './browser.mjs';

const SIZES = { desk: { width: 1280, height: 900 }, tablet: { width: 820, height: 1180 }, narrow: { width: 320, height: 640 } };

async function addresses(world) {
  const main = await world.order('main');
  const [parked] = (await world.api('/api/v1/deliveries?state=parked')).items;
  const [suggested] = (await world.api('/api/v1/cases?decision=suggested')).items;
  return {
    search: `/search?q=${encodeURIComponent('hanna')}`,
    order: `/orders/${main.id}`,
    orders: '/orders',
    customer: `/customers/${main.customer_id}`,
    cases: '/cases?box=linked',
    case: `/cases/${suggested.id}?box=suggested`,
    receive: '/receive',
    approvals: '/approvals',
    flows: '/ops/flows',
    systems: '/ops/systems',
    messages: '/ops/messages',
    message: `/ops/messages/${parked.id}`,
    events: '/ops/events',
    audit: '/ops/audit',
    metrics: '/ops/metrics',
    configuration: '/ops/configuration',
    reconcile: '/ops/reconcile',
  };
}

async function look({ world, chrome }, options, size, names) {
  const page = await chrome.person({ as: world.admin, ...options, ...SIZES[size] });
  const all = await addresses(world);
  for (const name of names ?? Object.keys(all)) {
    await page.goto(all[name]);
    await page.locator('h1').first().waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    const label = `${name}-${options.scheme ?? 'light'}-${options.language ?? 'en'}-${size}`;
    await chrome.shot(page, label, true);
    await looksRight(page, label);
  }
  await page.leave();
}

async function firstPageIsSmall({ world, chrome }) {
  const page = await chrome.person({ as: world.agent });
  const sizes = [];
  page.on('response', async (answer) => {
    if (answer.url().includes('/assets/')) sizes.push(answer.request().sizes().then((each) => each.responseBodySize));
  });
  const { id } = await world.order('main');
  await page.goto(`/orders/${id}`);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('load');
  const total = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
  assert.ok(total > 50_000 && total < 200_000, `the first page has ${total} bytes`);
  await page.leave();
}

async function tenThousandRowsScroll({ world, chrome }) {
  const page = await chrome.person({ as: world.agent });
  const [like] = (await world.api('/api/v1/orders?limit=1')).items;
  await page.route('**/api/v1/orders?*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('before') ?? 0);
    const items = Array.from({ length: 200 }, (_, index) => ({ ...like, id: `os_${from + index + 1}`, number: `N-${String(from + index + 1).padStart(6, '0')}` }));
    void route.fulfill({ json: { items, next: from + 200 >= 10_000 ? null : String(from + 200) } });
  });
  await page.goto('/orders');
  await page.getByText('N-000001').waitFor();
  const list = page.locator('.long-list');
  for (let last = 0; ; ) {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForFunction((before) => document.querySelector('.long-list').scrollHeight > before || document.body.innerText.includes('10,000 shown'), last);
    last = await list.evaluate((element) => element.scrollHeight);
    assert.ok((await page.locator('.long-list tbody tr').count()) < 100, 'only the rows in view exist');
    if (await page.getByText('10,000 shown').count()) break;
  }
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByText('N-010000').waitFor();
  assert.ok((await page.locator('.long-list tbody tr').count()) < 100, 'only the rows in view exist');
  await chrome.shot(page, 'orders-10000-rows');
  await page.leave();
}

async function twoThousandLines({ world, chrome }) {
  const page = await chrome.person();
  const order = await world.order('main');
  const like = order.lines.find((each) => each.kind === 'product');
  const lines = Array.from({ length: 2_000 }, (_, index) => ({ ...like, id: `l${index + 1}`, name: `Line number ${index + 1} with a name that is longer than most names are` }));
  await page.route(`**/api/v1/orders/${order.id}`, (route) => route.fulfill({ json: { ...order, lines }, headers: { ETag: `"${order.version}"` } }));
  await page.goto(`/orders/${order.id}`);
  const table = page.locator('table.lines');
  await table.getByText('Line number 1 with').waitFor();
  const box = table.locator('..');
  await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await table.getByText('Line number 2000 with').waitFor();
  assert.ok((await table.locator('tbody tr').count()) < 100, 'only the lines in view exist');
  await chrome.shot(page, 'order-2000-lines');
  await looksRight(page, 'order-2000-lines');
  await page.leave();
}

/** A hub to which nothing is connected yet. */
async function firstRun({ world, chrome }) {
  for (const language of ['en', 'de']) {
    const page = await chrome.person({ as: world.admin, language });
    await page.route('**/api/v1/connectors', (route) => route.fulfill({ json: { items: [] } }));
    await page.goto('/ops/systems');
    await page.getByText('orderhub config check').waitFor();
    await chrome.shot(page, `first-run-${language}`, true);
    await looksRight(page, `first-run-${language}`);
    await page.leave();
  }
}

async function signIn({ world, chrome }) {
  const page = await chrome.person({ as: null });
  await page.goto('/orders');
  await page.getByLabel('Name').fill(world.agent.name);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The name or the password is wrong.').waitFor();
  await chrome.shot(page, 'sign-in');
  await looksRight(page, 'sign-in');
  await page.getByLabel('Password').fill(world.agent.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  await page.leave();
}

/** The second belongs to the first only for a moment, by the page's own clock: it is sent without waiting for an answer to it. */
async function twoKeys(page, first, second) {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)]);
}

async function keyboard({ world, chrome }) {
  const page = await chrome.person();
  await page.goto('/orders');
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('okonk');
  await page.getByRole('option').first().waitFor();
  await page.locator('.found [role=status]:not(:empty)').waitFor({ state: 'attached' });
  await chrome.shot(page, 'search-as-you-type');
  await looksRight(page, 'search-as-you-type');
  await openFirstFound(page);
  await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor();
  await twoKeys(page, 'g', 'c');
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor();
  await twoKeys(page, 'g', 'o');
  await page.locator('.long-list tbody tr').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await looksRight(page, 'keys');
  await page.leave();
}

export const pages = [
  ['pages: each in English, light, at the desk', (stage) => look(stage, {}, 'desk')],
  ['pages: German and dark', (stage) => look(stage, { scheme: 'dark', language: 'de' }, 'desk', ['order', 'search', 'case', 'message', 'systems', 'receive'])],
  ['pages: on a tablet', (stage) => look(stage, { language: 'de' }, 'tablet', ['order', 'orders', 'cases', 'case', 'receive', 'message'])],
  ['pages: at 320 px', (stage) => look(stage, {}, 'narrow', ['order', 'search'])],
  ['pages: the first page is small', firstPageIsSmall],
  ['pages: ten thousand rows', tenThousandRowsScroll],
  ['pages: two thousand lines', twoThousandLines],
  ['pages: before the first system', firstRun],
  ['pages: sign-in', signIn],
  ['pages: by keyboard', keyboard],
];
