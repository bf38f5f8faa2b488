import { createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import type { ChangeIdToken } from '../../scripts/demonstration/local-sign-in.ts';
import { FORM } from '../support/agency-client.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

let hub: Hub;
let console: RunningConsole;
/** What the provider says in place of the ID token that it made. */
let change: ChangeIdToken;
/** The ID token that it made last. */
let made: string;
const asItIs: ChangeIdToken = async (idToken) => idToken;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(
    hub,
    async () => [],
    {},
    (idToken, key) => change((made = idToken), key),
  );
});
beforeEach(async () => {
  change = asItIs;
  await hub.reset();
  // It remembers which refusals it has written of late.
  await console.restart();
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const A_STRANGERS_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
/** The same token with other claims, signed by the provider or by another; undefined leaves a claim out. */
const saying =
  (claims: Readonly<Record<string, unknown>>, by?: KeyObject): ChangeIdToken =>
  async (idToken, key) => {
    const all = Object.entries({ ...decodeJwt(idToken), ...claims }).filter(([, value]) => value !== undefined);
    const { alg, kid } = decodeProtectedHeader(idToken);
    return new SignJWT(Object.fromEntries(all)).setProtectedHeader({ alg: alg!, kid: kid! }).sign(by ?? key);
  };
const seconds = () => Math.floor(Date.now() / 1000);

describe('a sign-in', () => {
  it('succeeds with the ID token of the provider, also when it is signed anew', async () => {
    change = saying({});
    expect((await console.visitor().signInAs(hub.manager)).heading).toBe('Waiting for a decision');
  });

  it.each<[string, ChangeIdToken]>([
    ['that another key signed', saying({}, A_STRANGERS_KEY)],
    ['of which a claim was changed after it was signed', withAnotherSubject],
    ['that is not signed', async (idToken) => new UnsecuredJWT(decodeJwt(idToken)).encode()],
    ['that the public key signed as a shared secret', signedWithThePublicKey],
    ['for another sign-in', saying({ nonce: 'of another sign-in' })],
    ['for no sign-in', saying({ nonce: undefined })],
    ['for another client', saying({ aud: 'another-client' })],
    [
      'for another client too, which it names as the one it was made for',
      saying({ aud: ['mash-console', 'x'], azp: 'x' }),
    ],
    ['of another issuer', saying({ iss: 'https://login.evil.example' })],
    ['that has run out', saying({ iat: seconds() - 3_600, exp: seconds() - 600 })],
    ['that never runs out', saying({ exp: undefined })],
  ])('is refused with an ID token %s: the page says what to do, and no session begins', async (_, other) => {
    change = other;
    const visitor = console.visitor();
    const page = await visitor.signInAs(hub.manager);
    expect([page.status, page.heading]).toEqual([400, 'You could not be signed in']);
    expect(page.text).toContain('Try again. If it fails again, tell the people who run the service');
    expect(page.link('Try again')).toBe('/');
    expect(await hub.sessionCount()).toBe(0);
    expect((await visitor.get('/queue')).leadsTo).toBe('/sign-in');
    expect(await refusalsOnRecord(hub.database)).toMatchObject([
      { act: 'sign-in.failed', details: { why: 'refused' } },
    ]);
  });
});

describe('the ID token of a person of the hub', () => {
  it('is no access token of the api, and no assertion of a client', async () => {
    const api = await RunningApi.start(hub.url);
    try {
      await console.visitedBy(hub.manager);
      expect(decodeJwt(made).sub).toBe(hub.manager.subject);
      expect((await api.get('/api/v1/referrals', made)).status).toBe(401);
      expect((await api.post(made, aBruisedBaby())).status).toBe(401);
      const asked = await api.send('POST', '/oauth2/token', {
        body: new URLSearchParams({ ...FORM, client_assertion: made }),
      });
      expect([asked.status, asked.body]).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
      expect(await hub.storedCount()).toEqual(0);
    } finally {
      await api.stop();
    }
  });
});

async function withAnotherSubject(idToken: string): Promise<string> {
  const [head, , signature] = idToken.split('.');
  const claims = { ...decodeJwt(idToken), sub: hub.screener.subject };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

async function signedWithThePublicKey(idToken: string, key: KeyObject): Promise<string> {
  const { kid } = decodeProtectedHeader(idToken);
  const secret = createSecretKey(createPublicKey(key).export({ type: 'spki', format: 'pem' }), 'utf8');
  return new SignJWT(decodeJwt(idToken)).setProtectedHeader({ alg: 'HS256', kid: kid! }).sign(secret);
}
