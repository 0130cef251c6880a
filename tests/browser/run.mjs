// run.mjs --build BUILD --shots FOLDER: all of the browser's tests, one hub for all of them. Screenshots stay in FOLDER.
import { after, before, test } from 'node:test';
import { parseArgs } from 'node:util';
import { actions } from './actions.mjs';
import { launch } from './browser.mjs';
import { pages } from './pages.mjs';
import { panel } from './panel.mjs';
import { trouble } from './trouble.mjs';
import { begin } from './world.mjs';
import { sidebar } from './zendesk.mjs';

const { values } = parseArgs({ options: { build: { type: 'string' }, shots: { type: 'string' }, only: { type: 'string', default: '' } } });
const stage = {};

before(async () => {
  stage.world = await begin(values.build);
  stage.chrome = await launch(stage.world, values.shots);
});
after(async () => {
  await stage.chrome?.end();
  await stage.world?.end();
});

/** What a failing test saw: every open page in words and as a screenshot. */
async function tell({ chrome }, name, error) {
  console.log(`# ${name}: ${error.message}\n${await chrome.seen(`failed-${name.replace(/\W+/g, '-')}`)}`);
  throw error;
}

for (const [name, run] of [...pages, ...panel, ...sidebar, ...actions, ...trouble]) if (name.includes(values.only)) test(name, () => run(stage).catch((error) => tell(stage, name, error)));
