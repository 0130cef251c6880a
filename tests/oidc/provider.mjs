// A real provider (oidc-provider) on loopback, with people in groups and keys that can be changed.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const PEOPLE = {
  ada: { name: 'Ada Lovelace', preferred_username: 'ada', email: 'ada@example.test', groups: ['staff', 'hub-admins'] },
  bob: { name: 'Bob Baker', preferred_username: 'bob', email: 'bob@example.test', groups: ['service-desk'] },
  eve: { name: 'Eve', preferred_username: 'eve', email: 'eve@example.test', groups: ['visitors'] },
};

function key(algorithm) {
  const { privateKey } =
    algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm, kid: randomBytes(8).toString('hex') };
}

/** Listens at once, so that its issuer is known; answers once open() has said who its client is. */
export class Issuer {
  people = structuredClone(PEOPLE);
  /** Paths that were asked for. */
  asked = [];

  async listen() {
    this.server = createServer((request, response) => {
      this.asked.push(new URL(request.url, this.url).pathname);
      this.handle(request, response);
    });
    await new Promise((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Also with fresh keys, while people and sessions stay. */
  open({ redirectUri, secret, algorithm = 'RS256', inToken = true }) {
    const provider = new Provider(this.url, {
      clients: [
        { client_id: 'orderhub', client_secret: secret, redirect_uris: [redirectUri], id_token_signed_response_alg: algorithm },
      ],
      jwks: { keys: [key(algorithm)] },
      cookies: { keys: ['only for this test'] },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
      // Otherwise what a scope asks for is told by the user info endpoint alone.
      conformIdTokenClaims: !inToken,
      pkce: { methods: ['S256'], required: () => true },
      findAccount: (_, id) => (this.people[id] ? { accountId: id, claims: () => ({ sub: id, ...this.people[id] }) } : undefined),
    });
    this.handle = provider.callback();
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((ended) => this.server.close(ended));
  }
}
