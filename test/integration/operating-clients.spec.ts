import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyClients, readPublicKey } from '#access';
import { SERVICE } from '#store';
import {
  addClient,
  addClientKey,
  listClients,
  removeClientKey,
  suspendClient,
} from '../../scripts/operating/clients.ts';
import { createHub, type Hub } from '../support/hub.ts';

let hub: Hub;
let folder: string;
beforeAll(async () => {
  hub = await createHub();
  folder = mkdtempSync(join(tmpdir(), 'mash-keys-'));
});
beforeEach(() => hub.reset());
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub.drop();
});

const pem = (kind: 'spki' | 'pkcs8' = 'spki') => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return String(
    kind === 'spki'
      ? publicKey.export({ type: kind, format: 'pem' })
      : privateKey.export({ type: kind, format: 'pem' }),
  );
};
const fileWith = (text: string) => {
  const file = join(folder, `${Math.random()}.pem`);
  writeFileSync(file, text);
  return file;
};
const added = () =>
  addClient(hub.database, {
    ...{ agency: 'Loomgate School', name: 'Records system', keyFile: fileWith(pem()), scopes: ['referrals:submit'] },
  });
const clients = async () =>
  (await new AgencyClients(hub.database).list(hub.agency.agencyId, SERVICE)).filter(
    ({ name }) => name !== 'Demonstration',
  );

describe('the command line', () => {
  it('adds a client with its key, and says what its developers need', async () => {
    const said = await added();
    const [client] = await clients();
    expect(client).toMatchObject({ name: 'Records system', scopes: ['referrals:submit'], suspendedAt: null });
    expect(said).toContain(`iss and sub  ${client!.id}`);
    expect(said).toContain(`kid          ${client!.keys[0]!.kid}`);
    expect(await listClients(hub.database)).toContain(
      `EC key ${client!.keys[0]!.kid}: good, until 2027-11-23, never used`,
    );
  });

  it('changes the keys of a client, two at the most, and suspends it', async () => {
    await added();
    const [{ id, keys }] = (await clients()) as [Awaited<ReturnType<typeof clients>>[number]];
    await addClientKey(hub.database, id, fileWith(pem()));
    await expect(addClientKey(hub.database, id, fileWith(pem()))).rejects.toMatchObject({ code: 'keys-enough' });
    await removeClientKey(hub.database, id, keys[0]!.kid);
    await expect(removeClientKey(hub.database, id, keys[0]!.kid)).rejects.toThrow('has no key');
    expect((await clients())[0]!.keys).toHaveLength(1);
    await suspendClient(hub.database, id, true);
    expect(await listClients(hub.database)).toContain('suspended since 2026-11-23');
    await suspendClient(hub.database, id, false);
    expect((await clients())[0]!.suspendedAt).toBeNull();
  });

  it.each([
    ['an agency that is not there', { agency: 'No School' }, 'There is no agency of the name No School.'],
    ['a file that is not there', { keyFile: '/nowhere.pem' }, '/nowhere.pem cannot be read.'],
    ['a scope that is none', { scopes: ['everything'] }, '--scope must be one of referrals:submit'],
  ])('refuses %s, and adds nothing', async (_, change, words) => {
    const usual = { agency: 'Loomgate School', name: 'Records system', keyFile: fileWith(pem()), scopes: [] };
    await expect(addClient(hub.database, { ...usual, ...change })).rejects.toThrow(words);
    expect(await clients()).toEqual([]);
  });
});

describe('a public key', () => {
  const jwk = (change: object = {}) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return JSON.stringify({ ...publicKey.export({ format: 'jwk' }), ...change });
  };
  const rsa = (bits: number) =>
    String(generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'pem' }));
  const ofCurve = (namedCurve: string) =>
    String(generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'pem' }));

  it.each([
    ['a PEM of P-256', pem(), 'EC'],
    ['a PEM of RSA', rsa(2048), 'RSA'],
    [
      'a PEM of Ed25519',
      String(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })),
      'OKP',
    ],
    ['a JSON Web Key', jwk(), 'EC'],
    ['a set of one', `{"keys":[${jwk()}]}`, 'EC'],
  ])('is read from %s, and is named by its thumbprint', async (_, text, kty) => {
    const read = await readPublicKey(text);
    expect([read.jwk.kty, read.kid]).toEqual([kty, expect.stringMatching(/^[\w-]{43}$/)]);
    expect(Object.keys(read.jwk).every((name) => ['kty', 'crv', 'x', 'y', 'n', 'e'].includes(name))).toBe(true);
  });

  it('keeps the name that it has', async () => {
    expect((await readPublicKey(jwk({ kid: 'key-2026' }))).kid).toBe('key-2026');
  });

  it.each([
    ['a private PEM', pem('pkcs8'), 'This key is private'],
    ['a private JSON Web Key', jwk({ d: 'x' }), 'This key is private or shared'],
    ['a shared secret', '{"kty":"oct","k":"c2VjcmV0"}', 'This key is private or shared'],
    ['an RSA key of 1024 bits', rsa(1024), 'An RSA key must have 2048 bits or more: this one has 1024'],
    ['a key of another curve', ofCurve('secp384r1'), 'Bring an RSA, a P-256 or an Ed25519 public key'],
    ['a key with a part missing', jwk({ x: undefined }), 'Parts of the key are missing or wrong'],
    ['a set of two', `{"keys":[${jwk()},${jwk()}]}`, 'Bring one JSON Web Key, or a set of one'],
    ['half a JSON', '{"kty":', 'This begins as JSON and is none'],
    ['a text', 'ssh-rsa AAAA', 'Bring a public key as PEM'],
    ['nothing', '', 'Bring a public key as PEM'],
  ])('is not read from %s, and the words say why', async (_, text, words) => {
    await expect(readPublicKey(text)).rejects.toThrow(words);
  });
});
