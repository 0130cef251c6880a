// People sign in to a real hub with a real provider, page by page as a browser would.
//   run.mjs --build DIR
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { Browser } from './browser.mjs';
import { Hub } from './hub.mjs';
import { Issuer } from './provider.mjs';

const SECRET = 'a client secret of thirty characters or more';
const { values: options } = parseArgs({ options: { build: { type: 'string' } } });

const issuer = new Issuer();
await issuer.listen();
const hub = new Hub(options.build, issuer.url, SECRET);
const open = (more = {}) => issuer.open({ redirectUri: `${hub.url}/api/v1/session/oidc/callback`, secret: SECRET, ...more });

/** From the sign-in page to the address that the provider sends the browser back to. */
async function walk(browser, login, to = '/orders') {
  const begun = await browser.go(`${hub.url}/api/v1/session/oidc?to=${encodeURIComponent(to)}`);
  assert.match(begun.url, /\/interaction\//, `the provider's form, not ${begun.url}`);
  const stop = (url) => url.startsWith(hub.url);
  const entered = await browser.submit(begun.url, { prompt: 'login', login, password: 'any' }, { stop });
  if (stop(entered.url)) return entered.url;
  return (await browser.submit(entered.url, { prompt: 'consent' }, { stop })).url;
}

/** Where the hub leads from there. */
async function back(browser, url) {
  const answer = await browser.ask(url);
  assert.equal(answer.status, 302, await answer.text());
  return { location: answer.headers.get('location'), cookies: answer.headers.get('set-cookie') ?? '' };
}

const me = async (browser) => {
  const answer = await browser.ask(`${hub.url}/api/v1/session`);
  return answer.ok ? await answer.json() : undefined;
};

const tests = {
  async 'the sign-in page is told of the provider'() {
    const ways = await (await fetch(`${hub.url}/api/v1/sign-in`)).json();
    assert.deepEqual(ways, { password: true, provider: { name: 'Example', address: '/api/v1/session/oidc' } });
  },

  async 'somebody signs in, acts, and signs out'() {
    const browser = new Browser();
    const { location, cookies } = await back(browser, await walk(browser, 'ada', '/orders?q=7'));
    assert.equal(location, '/orders?q=7');
    assert.match(cookies, /orderhub_session=[^;]+; Path=\/; HttpOnly; SameSite=Strict/);
    const person = await me(browser);
    assert.equal(person.full_name, 'Ada Lovelace');
    assert.equal(person.role, 'admin');
    const { users } = await (await browser.ask(`${hub.url}/api/v1/users`)).json();
    assert.deepEqual(users.map(({ name, issuer: from }) => [name, from]), [['ada', issuer.url]]);
    const out = await browser.ask(`${hub.url}/api/v1/session`, { method: 'DELETE', headers: { 'X-OrderHub-CSRF': person.csrf } });
    assert.equal(out.status, 200);
    assert.equal(await me(browser), undefined);
  },

  async 'the same person is the same user, with the role of today'() {
    const first = new Browser();
    await back(first, await walk(first, 'bob'));
    const before = await me(first);
    assert.equal(before.role, 'agent');
    issuer.people.bob.groups = ['hub-admins'];
    issuer.people.bob.email = 'robert@example.test';
    const second = new Browser();
    await back(second, await walk(second, 'bob'));
    const after = await me(second);
    assert.deepEqual([after.id, after.role], [before.id, 'admin']);
    issuer.people.bob.groups = [];
    const third = new Browser();
    assert.equal((await back(third, await walk(third, 'bob'))).location, '/?sign_in_refused=no_role');
    assert.equal(await me(second), undefined, 'who has lost the role is out everywhere');
  },

  async 'who has no role of the hub is refused'() {
    const browser = new Browser();
    const { location, cookies } = await back(browser, await walk(browser, 'eve'));
    assert.equal(location, '/?sign_in_refused=no_role');
    assert.doesNotMatch(cookies, /orderhub_session/);
  },

  async 'the way back is good for the browser that began, once'() {
    const mine = new Browser();
    const url = await walk(mine, 'ada');
    const other = new Browser();
    assert.equal((await back(other, url)).location, '/?sign_in_refused=expired', 'a browser without the cookie');
    await other.ask(`${hub.url}/api/v1/session/oidc`);
    assert.equal((await back(other, url)).location, '/?sign_in_refused=expired', 'a browser with a cookie of its own');
    assert.equal((await back(mine, url)).location, '/orders');
    assert.equal((await back(mine, url)).location, '/?sign_in_refused=expired', 'a second time');
  },

  async 'a code that is not the one given is refused'() {
    const browser = new Browser();
    const url = new URL(await walk(browser, 'ada'));
    url.searchParams.set('code', 'another-code');
    assert.equal((await back(browser, url.href)).location, '/?sign_in_refused=expired');
  },

  async 'the answer of another issuer is refused'() {
    const browser = new Browser();
    const url = new URL(await walk(browser, 'ada'));
    url.searchParams.set('iss', 'https://other.example');
    assert.equal((await back(browser, url.href)).location, '/?sign_in_refused=expired');
  },

  async 'an address outside the hub is not returned to'() {
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const browser = new Browser();
      assert.equal((await back(browser, await walk(browser, 'ada', to))).location, '/');
    }
  },

  async 'keys that have changed are asked for, at most once a minute'() {
    open();
    const first = new Browser();
    assert.equal((await back(first, await walk(first, 'ada'))).location, '/orders');
    open();
    issuer.asked.length = 0;
    const second = new Browser();
    assert.equal((await back(second, await walk(second, 'ada'))).location, '/?sign_in_refused=failed');
    assert.ok(!issuer.asked.includes('/jwks'));
  },
};

async function afterRestart(algorithm, inToken) {
  await hub.process.kill('SIGTERM');
  await new Promise((done) => hub.process.on('exit', done));
  await hub.start();
  open({ algorithm, inToken });
  const browser = new Browser();
  assert.equal((await back(browser, await walk(browser, 'ada'))).location, '/orders');
  assert.equal((await me(browser)).role, 'admin');
}

Object.assign(tests, {
  'user info is asked where the ID token says too little': () => afterRestart('RS256', false),
  'keys on a curve are as good': () => afterRestart('ES256', true),
  async 'a provider that is away is said to be'() {
    await issuer.close();
    hub.process.kill('SIGTERM');
    await new Promise((done) => hub.process.on('exit', done));
    await hub.start();
    const { location } = await back(new Browser(), `${hub.url}/api/v1/session/oidc`);
    assert.equal(location, '/?sign_in_refused=unavailable');
  },
  async 'no secret and nobody is in the log'() {
    for (const line of hub.lines) assert.doesNotMatch(line, /\bada\b|eve@|client secret|\beyJ/i, line);
  },
});

let failed = 0;
try {
  await hub.start();
  open();
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`good    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  }
} finally {
  await hub.stop();
  if (issuer.server.listening) await issuer.close();
}
if (failed) console.log(hub.lines.join('\n'));
process.exit(failed ? 1 : 0);
