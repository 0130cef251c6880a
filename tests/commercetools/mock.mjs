// The mock of commercetools on a free port of loopback (its own server listens everywhere), behind a layer that can lose answers.
//   mock.mjs            prints {"url": ...} once it answers, ends with its standard input
//   POST /_faults       {"match": "POST /acme/payments/1", "mode": "lost_before" | "lost_after" | "status_503", "times": 1}
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:http';
import { CommercetoolsMock } from '@labdigital/commercetools-mock';

globalThis.crypto ??= webcrypto; // not global before Node 19, and the mock asks for it
const mock = new CommercetoolsMock({ enableAuthentication: true, validateCredentials: true, silent: true });
await mock.app.ready();
const faults = [];

function due(operation) {
  const fault = faults.find(({ match, times }) => times > 0 && operation.startsWith(match));
  if (fault) fault.times -= 1;
  return fault?.mode;
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

async function answer(request, response) {
  const payload = await read(request);
  if (request.url === '/_faults') {
    faults.push({ times: 1, ...JSON.parse(payload) });
    return response.end('{}');
  }
  const fault = due(`${request.method} ${request.url}`);
  if (fault === 'lost_before') return request.socket.destroy();
  if (fault === 'status_503') return response.writeHead(503).end();
  const { method, url, headers } = request;
  const given = await mock.app.inject({ method, url, headers, ...(payload.length > 0 && { payload }) });
  if (fault === 'lost_after') return request.socket.destroy();
  response.writeHead(given.statusCode, { 'content-type': given.headers['content-type'] ?? 'application/json' });
  return response.end(given.rawPayload);
}

const server = createServer((request, response) => {
  answer(request, response).catch((failed) => response.writeHead(500).end(String(failed)));
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
process.stdin.on('end', () => process.exit(0)).resume();
