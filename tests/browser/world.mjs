// A hub with its stand-ins and data (world.py), and its API as a test needs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('world.py', import.meta.url));

export async function begin(build) {
  const process_ = spawn('/usr/bin/python3', [PROGRAM, '--build', build], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('world.py has ended');
    return JSON.parse(value);
  };
  const facts = await next();
  return {
    ...facts,
    /** See world.py for the commands. */
    async command(command) {
      process_.stdin.write(JSON.stringify(command) + '\n');
      return next();
    },
    /** Nothing is on its way any more: no order changes under whoever opens it now. */
    quiet() {
      return this.command({ do: 'quiet' });
    },
    async api(path, { method = 'GET', body, headers } = {}) {
      const answer = await fetch(facts.url + path, {
        method,
        headers: { Authorization: `Bearer ${facts.token}`, 'Content-Type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answer.json();
    },
    async sandbox(path, body) {
      const answer = await fetch(`${facts.sandbox}/_sandbox/${path}`, body ? { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {});
      return answer.json();
    },
    async order(name) {
      const found = await this.api(`/api/v1/orders?q=${facts.orders[name] ?? name}`);
      return this.api(`/api/v1/orders/${found.items[0].id}`);
    },
    async end() {
      process_.stdin.end();
      await once(process_, 'exit');
    },
  };
}

/** Asks until the answer is true, and gives it. */
export async function until(what, ask, milliseconds = 120_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
