// A hub whose people sign in with the provider.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export class Hub {
  lines = [];

  constructor(build, issuer, secret) {
    this.folder = mkdtempSync(join(tmpdir(), 'orderhub-oidc-'));
    this.program = join(build, 'hub', 'orderhub');
    this.config = join(this.folder, 'hub.yaml');
    writeFileSync(
      this.config,
      `listen: 127.0.0.1:0
data: data
plugins: .
access:
  oidc:
    issuer: ${issuer}
    client_id: orderhub
    client_secret: plain:${secret}
    name: Example
    role_claim: groups
    roles: {hub-admins: admin, service-desk: agent}
`,
    );
  }

  async start() {
    this.process = spawn(this.program, ['serve', '--config', this.config], { stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: this.process.stderr }).on('line', (line) => this.lines.push(line));
    this.url = await new Promise((found, failed) => {
      createInterface({ input: this.process.stdout }).on('line', (line) => {
        this.lines.push(line);
        if (line.startsWith('listening on ')) found(line.slice('listening on '.length));
      });
      this.process.on('exit', () => failed(new Error(`the hub ended:\n${this.lines.join('\n')}`)));
    });
  }

  async stop() {
    const ended = new Promise((done) => this.process.on('exit', done));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
