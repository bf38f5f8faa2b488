import { AgencyClients, IssueToken, KeySets, NoKeys, SCOPES, VerifyAssertion } from '#access';
import type { OutboundRules } from '#platform';
import { SERVICE } from '#store';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { AgencyClient, TOKEN_URL } from '../support/agency-client.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { leadsTo, OUTSIDE, OutsideServer } from '../support/outside-server.ts';
import { until } from '../support/until.ts';

const AT = `https://${OUTSIDE}/jwks.json`;

let hub: Hub;
let outside: OutsideServer;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  outside = await OutsideServer.start();
});
afterEach(() => outside.stop());
afterAll(() => hub.drop());

const shows = (...keys: readonly object[]) => {
  outside.answer = (_, response) => void response.end(JSON.stringify({ keys }));
};
const keySetsOf = (change: Partial<OutboundRules> = {}) => new KeySets(hub.database, outside.fetch(change));
/** A program whose key is at its address. */
async function aClient(keySets = keySetsOf(), alg = 'ES256') {
  const pair = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'first' };
  shows(jwk);
  const id = await new AgencyClients(hub.database).add(
    { agencyId: hub.agency.agencyId, name: 'Records system', scopes: SCOPES, keySet: await keySets.look(AT) },
    SERVICE,
  );
  return { id, jwk, client: AgencyClient.with(hub.database, id, { kid: 'first', key: pair.privateKey, alg }) };
}
const askWith = async (assertion: string, keySets: KeySets) => {
  const verified = await new VerifyAssertion(hub.database, keySets).execute(assertion, TOKEN_URL);
  return new IssueToken(hub.database).execute(verified, undefined);
};
const lineOf = async (id: string) =>
  (await new AgencyClients(hub.database).list(hub.agency.agencyId, SERVICE)).find((one) => one.id === id)!;
const refused = expect.objectContaining({ name: 'BadAssertion', error: 'invalid_client' }) as unknown;

describe('a client whose keys are at its address', () => {
  it.each(['ES256', 'RS256', 'EdDSA'])(
    'gets a token for what it signs with %s, and the set is fetched once in ten minutes',
    async (alg) => {
      const keySets = keySetsOf();
      const { client, id } = await aClient(keySets, alg);
      expect(await askWith(await client.assertion(), keySets)).toMatchObject({ seconds: 600 });
      await hub.moveBy({ minutes: 9 });
      await askWith(await client.assertion(), keySets);
      expect(outside.asked).toBe(1);
      await hub.moveBy({ minutes: 1 });
      await askWith(await client.assertion(), keySets);
      await askWith(await client.assertion(), keySets);
      expect(outside.asked).toBe(2);
      expect((await lineOf(id)).keySet).toMatchObject({ address: AT, kids: ['first'], fault: null });
    },
  );

  it('signs with its next key as soon as its address shows it, once a minute for one that it does not', async () => {
    const keySets = keySetsOf();
    const { client, jwk } = await aClient(keySets);
    const next = await generateKeyPair('ES256');
    const signedByNext = () => client.assertion({}, { kid: 'next' }, next.privateKey);
    await hub.moveBy({ seconds: 59 });
    await expect(askWith(await signedByNext(), keySets)).rejects.toEqual(refused);
    expect(outside.asked).toBe(1);
    shows(jwk, { ...(await exportJWK(next.publicKey)), kid: 'next' });
    await hub.moveBy({ seconds: 1 });
    expect(await askWith(await signedByNext(), keySets)).toMatchObject({ seconds: 600 });
    for (const kid of ['a', 'b', 'c'])
      await expect(askWith(await client.assertion({}, { kid }), keySets)).rejects.toEqual(refused);
    expect(outside.asked).toBe(2);
  });

  it('signs no more with a key that its address does not show any more', async () => {
    const keySets = keySetsOf();
    const { client } = await aClient(keySets);
    shows({ ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'another' });
    await hub.moveBy({ minutes: 10 });
    await expect(askWith(await client.assertion(), keySets)).rejects.toEqual(refused);
  });

  it('goes on with the keys of before while its address fails, for a day and no longer, and the fault is shown', async () => {
    const keySets = keySetsOf();
    const { client, id } = await aClient(keySets);
    outside.answer = (_, response) => void response.writeHead(503).end();
    await hub.moveBy({ hours: 23, minutes: 59 });
    expect(await askWith(await client.assertion(), keySets)).toMatchObject({ seconds: 600 });
    const { keySet } = await lineOf(id);
    expect(keySet!.fault).toMatchObject({ words: 'The server answers that it has nothing there' });
    await hub.moveBy({ minutes: 1 });
    await expect(askWith(await client.assertion(), keySets)).rejects.toEqual(refused);
    shows({ ...(await exportJWK((await generateKeyPair('ES256')).publicKey)) });
    await hub.moveBy({ minutes: 1 });
    await expect(askWith(await client.assertion(), keySets)).rejects.toEqual(refused);
    expect((await lineOf(id)).keySet).toMatchObject({ fault: null });
  });

  it('that is suspended has its keys not fetched, and gets no token', async () => {
    const keySets = keySetsOf();
    const { client, id } = await aClient(keySets);
    await new AgencyClients(hub.database).suspend(id, true, SERVICE);
    await hub.moveBy({ minutes: 11 });
    await expect(askWith(await client.assertion(), keySets)).rejects.toThrow('The client is suspended');
    expect(outside.asked).toBe(1);
  });

  it('signs no more when its address is removed', async () => {
    const keySets = keySetsOf();
    const { client, id } = await aClient(keySets);
    await keySets.removeAddress(id, SERVICE);
    await expect(askWith(await client.assertion(), keySets)).rejects.toEqual(refused);
    await expect(keySets.removeAddress(id, SERVICE)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is taken by the kind of its key, whatever its set says that the key is for', async () => {
    const { jwk } = await aClient();
    shows({ ...jwk, alg: 'HS256', use: 'enc' });
    await expect(keySetsOf().look(AT)).rejects.toMatchObject({ fault: 'no-key' });
  });
});

it('W4: a slow host holds up its own client and no other, and no connection to the database', async () => {
  const keySets = keySetsOf({ totalMs: 60_000 });
  const { client } = await aClient(keySets);
  const other = await AgencyClient.of(hub.database, hub.agency.agencyId);
  const answers: (() => void)[] = [];
  outside.answer = (_, response) => void answers.push(() => response.writeHead(503).end());
  await hub.moveBy({ minutes: 10 });
  // More than the hub's pool has connections.
  const assertions = await Promise.all(Array.from({ length: 30 }, () => client.assertion()));
  const waiting = assertions.map((assertion) => askWith(assertion, keySets));
  await until(async () => answers.length > 0);
  expect(await askWith(await other.assertion(), keySets)).toMatchObject({ seconds: 600 });
  expect(answers).toHaveLength(1);
  for (const answer of answers) answer();
  expect(await Promise.all(waiting)).toHaveLength(30);
});

describe('an address of keys is refused, and nothing is stored,', () => {
  const rsa1024 = { kty: 'RSA', n: 'x'.repeat(170), e: 'AQAB' };
  it.each<[string, unknown, string]>([
    ['with no JSON', 'hello', 'not-a-key-set'],
    ['with a list', [], 'not-a-key-set'],
    ['with null', null, 'not-a-key-set'],
    ['with keys that are none', { keys: [1] }, 'not-a-key-set'],
    ['with an empty set', { keys: [] }, 'no-key'],
    ['with a short key', { keys: [rsa1024] }, 'no-key'],
    ['with a shared secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, 'private-key'],
    ['with a private key', { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] }, 'private-key'],
    ['with eleven keys', { keys: Array(11).fill(rsa1024) }, 'many-keys'],
    ['with 65 kilobytes', { keys: [], more: 'x'.repeat(65_000) }, 'too-much'],
  ])('%s', async (_, body, fault) => {
    const { id } = await aClient();
    outside.answer = (_, response) => void response.end(typeof body === 'string' ? body : JSON.stringify(body));
    await expect(keySetsOf().setAddress(id, `${AT}?other`, SERVICE)).rejects.toMatchObject({ name: 'NoKeys', fault });
    expect((await lineOf(id)).keySet!.address).toBe(AT);
  });

  it.each([
    ['http://keys.example.org/', 'not-https'],
    ['https://127.1/', 'not-a-name'],
    ['https://keys.example.org:444/', 'other-port'],
    ['https://jo@keys.example.org/', 'names-a-person'],
  ])('W1: by how it is written: %s', async (address, fault) => {
    const { id } = await aClient();
    const setting = keySetsOf().setAddress(id, address, SERVICE);
    await expect(setting).rejects.toBeInstanceOf(NoKeys);
    await expect(setting).rejects.toMatchObject({ fault });
    expect(outside.asked).toBe(1);
  });

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1'])(
    'W1: a name that leads to %s',
    async (address) => {
      const { id } = await aClient();
      const { isAllowed: _, ...real } = outside.rules({ addressesOf: leadsTo(address) });
      const setting = new KeySets(hub.database, outside.fetchBy(real)).setAddress(id, AT, SERVICE);
      await expect(setting).rejects.toMatchObject({ fault: 'inside-a-network' });
      expect(outside.asked).toBe(1);
    },
  );
});

it('W2: a name that leads to this machine at the next fetch gives no keys, and the fault is shown', async () => {
  const { client, id } = await aClient();
  await hub.moveBy({ hours: 25 });
  const { isAllowed: _, ...real } = outside.rules();
  const rebound = new KeySets(hub.database, outside.fetchBy(real));
  await expect(askWith(await client.assertion(), rebound)).rejects.toEqual(refused);
  expect(outside.asked).toBe(1);
  expect((await lineOf(id)).keySet!.fault).toMatchObject({
    words: 'The name leads to an address inside a network, not on the Internet',
  });
});

it('K2: what the header of an assertion names by an address, or brings along, is neither fetched nor used', async () => {
  const keySets = keySetsOf();
  const { client } = await aClient(keySets);
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk: JWK = await exportJWK(publicKey);
  for (const header of [{ jku: AT }, { x5u: AT }, { jwk }, { x5c: ['MIIB'] }]) {
    await expect(askWith(await client.assertion({}, header, privateKey), keySets)).rejects.toEqual(refused);
  }
  expect(outside.asked).toBe(1);
});
