// Serves stripe-stateful-mock on a free port of loopback (its own command listens on every address) and runs a test against it.
//   run.mjs TEST
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('loglevel').setLevel('error');
const server = createServer(require('stripe-stateful-mock').createExpressApp());
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const test = spawn(process.argv[2], { stdio: 'inherit', env: { ...process.env, STRIPE_MOCK: address } });
  test.on('error', (error) => { throw error; });
  test.on('exit', (code) => process.exit(code ?? 1));
});
