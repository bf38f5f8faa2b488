import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AgencyClients, ClientInvitations } from '#access';
import { SERVICE } from '#store';
import {
  PartnerClient,
  registerProgram,
  type Attachment,
  type Credentials,
  type Referral,
} from '../../partners/client/src/index.ts';
import { partnerKitFiles } from '../../scripts/contract/partner-kit-files.ts';
import { CONTRACT, DOCUMENTED } from '../support/contract.ts';
import { PartnerKit } from '../support/partner-kit.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { aPdf, sha256Of } from '../support/sample-files.ts';

let kit: PartnerKit;
beforeAll(async () => void (kit = await PartnerKit.start()));
afterAll(() => kit.stop());

const referral = () => aBruisedBaby() as Referral;
const client = (more: Partial<Credentials> = {}) =>
  new PartnerClient({ hub: kit.api.url, clientId: kit.clientId, privateKey: kit.privateKey, ...more });
const stored = () => kit.hub.receivedCount();

it('the files that are written from the contract are as the contract is', async () => {
  for (const [file, text] of await partnerKitFiles(CONTRACT)) expect(readFileSync(file, 'utf8')).toBe(text);
});

it('the client has a method for each operation of the contract, and its README names it', () => {
  const table = readFileSync('partners/client/README.md', 'utf8').matchAll(/^\| `(\w+)` \| `(\w+)`/gm);
  const rows = [...table].map(([, operation, method]) => [operation!, method!] as const);
  expect(rows.map(([operation]) => operation).sort()).toEqual(DOCUMENTED.map(({ operationId }) => operationId).sort());
  const has = [...Object.getOwnPropertyNames(PartnerClient.prototype), registerProgram.name];
  expect(has).toEqual(expect.arrayContaining(rows.map(([, method]) => method)));
});

it('a client sends a referral, reads where it stands, adds to it and withdraws it', async () => {
  const one = client();
  const { reference } = await one.submit(referral(), 'one');
  expect(await one.status(reference)).toMatchObject({ reference, status: 'received' });
  const saidBy = 'Bernadette Owusu-Lacey';
  await one.add(reference, { kind: 'information', words: 'She has a sister.', saidBy }, 'two');
  await one.withdraw(reference, { reason: 'Another child of the same name.', saidBy }, 'three');
  expect(await one.check(referral())).toMatchObject({ valid: true });
});

it('a client has a referral with a soft fault taken where it says so, and refused otherwise', async () => {
  const [child, ...others] = referral().children;
  const faulty = { ...referral(), children: [{ ...child!, nhsNumber: '9434765917' }, ...others] };
  await expect(client().check(faulty)).rejects.toMatchObject({ kind: 'invalid-referral' });
  expect(await client().check(faulty, { isLenient: true })).toMatchObject({ valid: true });
  const { warnings } = await client().submit(faulty, 'lenient', { isLenient: true });
  expect(warnings).toMatchObject([{ pointer: '/children/0/nhsNumber' }]);
});

it('a program introduces itself by an invitation, which is good once, and then asks for tokens', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const by = await kit.hub.another('administrator');
  const made = { agencyId: kit.hub.agency.agencyId, scopes: ['referrals:read-own'], formId: randomUUID(), by } as const;
  const invitation = (await kit.hub.whole.get(ClientInvitations).make(made))!;
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const program = { hub: kit.api.url, invitation, name: 'Timetable', key: { pem } };
  const { client_id: clientId, scope } = await registerProgram(program);
  expect(scope).toBe('referrals:read-own');
  const own = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(await client({ clientId, privateKey: own }).token()).toMatchObject({ scope });
  await expect(registerProgram(program)).rejects.toMatchObject({ name: 'TokenRefused', error: 'invalid_token' });
});

it('a client adds a file in parts, goes on where it was interrupted, and asks how the file stands', async () => {
  const one = client();
  const { reference } = await one.submit(referral(), 'with-file');
  const bytes = new Uint8Array(aPdf(2_500_000));
  const file = { name: 'Body map.pdf', mediaType: 'application/pdf', saidBy: 'Bernadette Owusu-Lacey', bytes } as const;
  // A program was killed after two parts.
  const at = `/api/v1/referrals/${reference}/attachments`;
  const { bytes: _bytes, ...said } = file;
  const body = { ...said, size: bytes.length, sha256: sha256Of(Buffer.from(bytes)) };
  const { access_token: token } = await one.token();
  const begun = (await kit.api.post(token, body, { 'Idempotency-Key': 'file' }, at)).body as Attachment;
  const octets = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' };
  for (const part of [1, 2]) {
    const some = bytes.slice((part - 1) * begun.partSize, part * begun.partSize);
    await kit.api.send('PUT', `${at}/${begun.id}/parts/${part}`, { headers: octets, body: some });
  }
  expect(await one.attachments(reference)).toMatchObject([{ state: 'uploading', partsHere: [1, 2] }]);
  const added = await one.attach(reference, file, 'file');
  expect(added).toMatchObject({ id: begun.id, name: 'Body map.pdf', state: 'waiting', parts: 3, partsHere: [] });
  expect((await one.attach(reference, file, 'file')).id).toBe(added.id);
  expect(await one.attachments(reference)).toEqual([added]);
  const page = new Uint8Array(Buffer.from('<html>'));
  await expect(one.attach(reference, { ...file, bytes: page }, 'page')).rejects.toMatchObject({
    kind: 'attachment-not-taken',
  });
});

it('a client gets one token for many requests, and another one when that is ended', async () => {
  const one = client();
  const [first, second] = await Promise.all([one.token(), one.token()]);
  expect(second.access_token).toBe(first.access_token);
  const clients = new AgencyClients(kit.hub.database);
  await clients.suspend(kit.clientId, true, SERVICE);
  await clients.suspend(kit.clientId, false, SERVICE);
  expect(await one.informationRequests()).toEqual({ requests: [] });
  expect((await one.token()).access_token).not.toBe(first.access_token);
});

it('a client throws the problem that the hub answers, with its kind and its faults', async () => {
  const wrong = { ...referral(), concern: { ...referral().concern, types: ['boredom'] } };
  await expect(client().submit(wrong as never, 'wrong')).rejects.toMatchObject({
    name: 'RefusedByHub',
    kind: 'invalid-referral',
    status: 422,
    problem: { errors: [{ pointer: '/concern/types/0' }] },
  });
  await expect(client({ clientId: 'school' }).token()).rejects.toMatchObject({
    name: 'TokenRefused',
    message: 'iss and sub must both be the id of your client',
  });
});

it('a client goes on with the events from the place that it kept', async () => {
  const one = client();
  const { reference } = await one.submit(referral(), 'with-events');
  const { value } = await one.events().next();
  expect(value.events).toContainEqual(expect.objectContaining({ type: 'referral.received', data: { reference } }));
  const later = await one.submit(referral(), 'later');
  const batch = await one.events(value.next).next();
  expect(batch.value.events.map(({ data }) => data.reference)).toEqual([later.reference]);
});

it('a hub that cannot be reached is tried four times, and not four times four', async () => {
  let connections = 0;
  const nobody = createServer().on('connection', (socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(nobody.listen(0, '127.0.0.1'), 'listening');
  const hub = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}`;
  await expect(client({ hub }).submit(referral(), 'nobody')).rejects.toMatchObject({ name: 'Unreachable' });
  expect(connections).toBe(4);
  nobody.close();
});

it('an answer to the hub has no key, and is not sent again when its own answer is lost', async () => {
  const cut: string[] = [];
  const half = createServer((request, response) => {
    if (request.url === '/oauth2/token') {
      const token = { access_token: 'mash_x', token_type: 'Bearer', expires_in: 600, scope: 'information:answer' };
      return void response.end(JSON.stringify(token));
    }
    cut.push(request.url!);
    request.socket.destroy();
  });
  await once(half.listen(0, '127.0.0.1'), 'listening');
  const hub = `http://127.0.0.1:${(half.address() as AddressInfo).port}`;
  const sent = client({ hub }).answer('one', { kind: 'nothing_known', handling: 'hub_only' });
  await expect(sent).rejects.toMatchObject({ name: 'Unreachable' });
  expect(cut).toEqual(['/api/v1/information-requests/one/answers']);
  half.close();
});

describe('between a client and the hub', () => {
  let between: Server;
  let failures: ((answer: Response) => Response | 'cut')[];
  let seen: string[];
  beforeEach(async () => {
    [failures, seen] = [[], []];
    between = createServer((request, response) => {
      void (async () => {
        const body = Buffer.concat((await request.toArray()) as Buffer[]);
        const headers = Object.entries(request.headers).filter(([name]) => !['host', 'connection'].includes(name));
        const { method = '', url = '' } = request;
        const sent = { method, headers: Object.fromEntries(headers) as Record<string, string> };
        const answer = await fetch(kit.api.url + url, body.length === 0 ? sent : { ...sent, body });
        if (url.startsWith('/oauth2')) return void response.writeHead(answer.status).end(await answer.text());
        seen.push(request.headers['idempotency-key'] as string);
        const last = failures.shift()?.(answer) ?? answer;
        if (last === 'cut') return void request.socket.destroy();
        response.writeHead(last.status, Object.fromEntries(last.headers)).end(await last.text());
      })();
    });
    await once(between.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => new Promise((resolve) => between.close(resolve)));

  /** A client whose requests go through, though it signs for the hub itself. */
  async function through(): Promise<PartnerClient> {
    const hub = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    const one = client({ hub, audience: `${kit.api.url}/oauth2/token` });
    await one.token();
    return one;
  }
  const unavailable = () => new Response('Bad gateway', { status: 503, headers: { 'Retry-After': '0' } });

  it('an answer is lost: the client sends it again with its key, and one referral is stored', async () => {
    failures = [() => 'cut', unavailable];
    const before = await stored();
    const { reference } = await (await through()).submit(referral(), 'lost');
    expect(reference).toMatch(/^MASH-/);
    expect(seen).toEqual(['lost', 'lost', 'lost']);
    expect(await stored()).toBe(before + 1);
  });

  it('nothing goes through: the client ends after four attempts', async () => {
    failures = Array.from({ length: 9 }, () => unavailable);
    await expect((await through()).submit(referral(), 'never')).rejects.toMatchObject({ status: 503, isPassing: true });
    expect(seen).toHaveLength(4);
  });

  it('a refusal that will not pass is not sent again', async () => {
    const one = await through();
    await expect(one.status('MASH-0000-0000')).rejects.toMatchObject({ kind: 'not-found' });
    expect(seen).toHaveLength(1);
  });
});

it('a client adds an endpoint, has it tested, reads its log and removes it', async () => {
  const one = client();
  const { id, secret, address } = await one.addWebhookEndpoint('https://records.example.org/mash/events');
  expect(secret).toMatch(/^whsec_/);
  expect(await one.webhookEndpoints()).toEqual([expect.objectContaining({ id, address, state: 'on' })]);
  const test = await one.testWebhookEndpoint(id);
  const log: string[] = [];
  for await (const page of one.webhookDeliveries(id)) log.push(...page.map((delivery) => delivery.id));
  expect(log).toEqual([test.id]);
  expect(await one.replayWebhookDelivery(id, test.id)).toMatchObject({ state: 'waiting' });
  expect((await one.rotateWebhookSecret(id)).secret).not.toBe(secret);
  expect(await one.switchOnWebhookEndpoint(id)).toEqual(await one.webhookEndpoint(id));
  await one.removeWebhookEndpoint(id);
  await expect(one.webhookEndpoint(id)).rejects.toMatchObject({ kind: 'not-found' });
});

it('a client lists the referrals of its agency page by page, or those of one case number', async () => {
  const one = client();
  const sent: string[] = [];
  for (let count = 0; count < 51; count += 1) {
    const senderReference = count === 7 ? 'CASE/7 & more' : `CASE-${count}`;
    sent.push((await one.submit({ ...referral(), senderReference }, `list-${count}`)).reference);
  }
  const pages: string[][] = [];
  for await (const page of one.referrals()) pages.push(page.map(({ reference }) => reference));
  expect(pages.length).toBeGreaterThan(1);
  const listed = pages.flat();
  expect(listed.slice(0, 51)).toEqual(sent.toReversed());
  expect(new Set(listed).size).toBe(await stored());
  const ofOneCase: string[] = [];
  for await (const page of one.referrals('CASE/7 & more')) ofOneCase.push(...page.map(({ reference }) => reference));
  expect(ofOneCase).toEqual([sent[7]]);
});

it('a client reads the code lists, and the codes of one with their words', async () => {
  const one = client();
  const lists = await one.codeLists();
  const { version } = lists.find(({ name }) => name === 'sexes')!;
  expect(await one.codeList('sexes')).toMatchObject({
    version,
    codes: expect.arrayContaining([{ code: 'F', words: 'Female' }]),
  });
  await expect(one.codeList('moods')).rejects.toMatchObject({ kind: 'not-found' });
});

it('a client reads one request for information of its agency', async () => {
  const { reference } = await client().submit(referral(), 'asked');
  const id = await kit.hub.asks(kit.hub.screener, reference, kit.hub.agency.agencyId);
  expect(await client().informationRequest(id)).toMatchObject({ id, reference, state: 'open' });
  await expect(client().informationRequest(randomUUID())).rejects.toMatchObject({ kind: 'not-found' });
});
