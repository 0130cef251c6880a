// The sidebar app of plugins/servicedesk/zendesk in a page that stands in for Zendesk's: it speaks the framework's protocol with
// Zendesk's own SDK in the app's frame, and fills the token in as Zendesk's proxy does, out of the page's sight.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { looksRight } from './browser.mjs';

const APP = fileURLToPath(new URL('../../plugins/servicedesk/zendesk/app/', import.meta.url));
const SDK = fileURLToPath(new URL('node_modules/zendesk_app_framework_sdk/lib/', import.meta.url));
const TYPES = { html: 'text/html', js: 'text/javascript', png: 'image/png' };

/** The SDK's modules as one script, as Zendesk serves them. */
function sdk() {
  const modules = ['utils', 'client', 'index'].map((name) => `'./${name}': function (module, exports, require) {${fs.readFileSync(`${SDK}${name}.js`, 'utf8')}\n}`);
  return `(function () { const all = {${modules.join(',\n')}}, made = {};
    function require(name) { if (!made[name]) { const module = made[name] = { exports: {} }; all[name](module, module.exports, require); } return made[name].exports; }
    window.ZAFClient = require('./index'); })();`;
}

/** What Zendesk's page does for a frame. Runs in the browser. */
function host({ ticket, settings }) {
  const frame = document.querySelector('iframe');
  const say = (message) => frame.contentWindow.postMessage(JSON.stringify(message), '*');
  const results = { get: { 'ticket.id': ticket, errors: {} }, invoke: {} };
  const registered = { metadata: { appId: 0, installationId: 0, settings }, context: { location: 'ticket_sidebar', product: 'support', ticketId: ticket, instanceGuid: 'G', account: { subdomain: 'acme' } } };
  async function proxied(key, message) {
    const answer = await fetch('/proxy', { method: 'POST', body: JSON.stringify(message) });
    const body = await answer.json();
    say({ key: `zaf.${key}.${answer.ok ? 'done' : 'fail'}`, message: { responseArgs: answer.ok ? [body, 'success', {}] : [{ status: answer.status }, 'error', ''] } });
  }
  addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    const { key, message, id, request } = JSON.parse(data);
    if (key === 'iframe.handshake') say({ key: 'zaf.app.registered', message: registered });
    else if (request) say({ id, result: results[request] });
    else if (key?.startsWith('request:')) proxied(key, message);
  });
  frame.src = `/app/assets/iframe.html?origin=${encodeURIComponent(location.origin)}&app_guid=G`;
}

async function read(request) {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text);
}

/** Zendesk's proxy: the token goes in here, and only for requests that are said to be secure. */
async function proxy(world, request, answer) {
  const { url, type, headers, secure } = await read(request);
  const authorization = secure ? headers.Authorization.replace('{{setting.hub_token}}', world.token) : headers.Authorization;
  const reply = await fetch(url, { method: type, headers: { 'Content-Type': 'application/json', Authorization: authorization } });
  answer.writeHead(reply.status, { 'Content-Type': 'application/json' }).end(await reply.text());
}

async function zendesk(world, facts) {
  const page = `<!doctype html><html lang="en"><title>Ticket</title><body><main><h1>Ticket</h1><iframe title="App" width="380" height="860"></iframe></main><script>(${host})(${JSON.stringify(facts)})</script></body></html>`;
  const server = createServer((request, answer) => {
    const path = new URL(request.url, world.framing).pathname;
    if (path === '/proxy') return proxy(world, request, answer);
    if (!path.startsWith('/app/')) return answer.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
    return answer.writeHead(200, { 'Content-Type': TYPES[path.split('.').pop()] }).end(fs.readFileSync(APP + path.slice('/app/'.length)));
  });
  server.listen(Number(new URL(world.framing).port), '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function open({ world, chrome }, ticket) {
  const settings = { hub_url: `${world.url}/`, connector: 'desk' };
  const server = await zendesk(world, { ticket, settings });
  const page = await chrome.person({ as: null, width: 1000, height: 980 });
  await page.context().route('https://static.zdassets.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: sdk() }));
  await page.goto(`${world.framing}/ticket`);
  const close = async () => {
    await page.leave();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { page, app: page.frameLocator('iframe'), close };
}

async function besideTheTicket(stage) {
  const { world, chrome } = stage;
  const [linked] = (await world.api('/api/v1/cases?decision=linked')).items;
  const order = await world.api(`/api/v1/orders/${linked.order_id}`);
  const { page, app, close } = await open(stage, Number(linked.external_id));
  await app.frameLocator('#panel').getByRole('heading', { level: 1, name: order.number }).waitFor();
  assert.ok(!(await app.locator('html').innerHTML()).includes(world.token), 'the page does not know the token');
  await chrome.shot(page, 'zendesk-sidebar');
  await looksRight(page, 'zendesk-sidebar');
  await close();
}

async function unknownTicket(stage) {
  const { page, app, close } = await open(stage, 990017);
  await app.getByText('The hub does not know this ticket yet.').waitFor();
  await app.getByRole('button', { name: 'Look again' }).click();
  await app.getByText('The hub does not know this ticket yet.').waitFor();
  await stage.chrome.shot(page, 'zendesk-unknown');
  await close();
}

export const sidebar = [
  ['zendesk: the order beside the ticket', besideTheTicket],
  ['zendesk: a ticket that the hub does not know', unknownTicket],
];
