// Chromium, and what every page is held against: no error in its console, nothing that axe finds, no sideways scrolling.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function launch(world, shots) {
  fs.rmSync(shots, { recursive: true, force: true });
  fs.mkdirSync(shots, { recursive: true });
  const browser = await chromium.launch({
    timeout: 180_000,
    executablePath: process.env.ORDERHUB_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return {
    browser,
    /** A person at a browser of his own, signed in. */
    async person({ as = world.agent, scheme = 'light', language = 'en', width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: language === 'de' ? 'de-DE' : 'en-IE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', baseURL: world.url });
      // The empty page that a tab begins with has no storage.
      await context.addInitScript((language_) => location.protocol.startsWith('http') && localStorage.setItem('orderhub.language', language_), language);
      // A machine that does much else at the same time is slow, not broken.
      context.setDefaultTimeout(120_000);
      if (as) {
        const entered = await context.request.post('/api/v1/session', { data: as });
        assert.equal(entered.status(), 200, 'signed in');
      }
      const errors = [];
      context.on('weberror', (error) => errors.push(error.error().message));
      context.on('console', (message) => {
        // A refused request is an answer, which the page shows; everything else is a fault of the page.
        if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(message.text())) errors.push(message.text());
      });
      const page = await context.newPage();
      return Object.assign(page, { errors, leave: () => context.close() });
    },
    shot: (page, name, fullPage = false) => page.screenshot({ path: path.join(shots, `${name}.png`), fullPage }),
    /** What every open page shows, in words; also as screenshots. They are closed. */
    async seen(name) {
      const pages = browser.contexts().flatMap((context) => context.pages());
      const texts = await Promise.all(
        pages.map(async (page, index) => {
          await page.screenshot({ path: path.join(shots, `${name}-${index}.png`) }).catch(() => undefined);
          const text = await page.evaluate(() => (document.querySelector('[role=dialog]') ?? document.body).innerText).catch(String);
          return `#   ${page.url()} shows: ${text.replace(/\s*\n\s*/g, ' | ').slice(0, 2000)}`;
        }),
      );
      await Promise.all(browser.contexts().map((context) => context.close()));
      return texts.join('\n');
    },
    end: () => browser.close(),
  };
}

export async function looksRight(page, name) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `${name}: the page is ${wider} px too wide`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
  assert.deepEqual(
    violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${(node.any[0]?.message ?? node.failureSummary ?? '').slice(0, 160)}`).join(' | ')}`),
    [],
    `${name}: axe`,
  );
  assert.deepEqual(page.errors, [], `${name}: errors in the console`);
}
