import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  ANSWER_EXAMPLES,
  ATTACHMENT_EXAMPLES,
  ENDPOINT_EXAMPLES,
  INFORMATION_EXAMPLES,
  WITHDRAWAL_EXAMPLES,
} from '../../apps/api/src/contract/examples.ts';
import type { ApiSettings } from '#platform';
import { AgencyClient } from '../support/agency-client.ts';
import { checkByContract, DOCUMENTED, documentedAt } from '../support/contract.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { sendRaw } from '../support/raw-request.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { aPdf, sha256Of } from '../support/sample-files.ts';
import { RunningApi } from '../support/running-api.ts';
import { attachmentsOf } from '../support/verbs/attachments.ts';
import { REGISTER, registrationsOf, TOKEN, tokenRequest } from '../support/oauth-requests.ts';
import { submissionUnderWay } from '../support/verbs/moments.ts';
import { webhooksOf } from '../support/verbs/webhooks.ts';
import { ADD_ENDPOINT, ENDPOINTS, operationsOn } from '../support/webhook-operations.ts';

let hub: Hub;
let api: RunningApi;
/** An API whose database can be taken away. */
let cutOff: RunningApi;
/** An API that lets an agency send one referral a minute, and ask once. */
let sparing: RunningApi;
/** An API that has no key for files and none for webhooks. */
let keyless: RunningApi;
let network: Server;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
  sparing = await RunningApi.start(
    hub.url,
    { databaseUrl: hub.url },
    { RATE_SUBMISSIONS: 1, RATE_READINGS: 1, RATE_FAILED_CREDENTIALS: 1 },
  );
  keyless = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { ...NO_KEYS, WEBHOOK_KEY: undefined } as object);
  const url = new URL(hub.url);
  const isAway = { yet: false };
  const open: Socket[] = [];
  network = createServer((client) => {
    if (isAway.yet) return void client.end();
    const server = connect(Number(url.port), url.hostname);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    open.push(client.pipe(server).pipe(client));
  }).listen(0, '127.0.0.1');
  await once(network, 'listening');
  const through = new URL(hub.url);
  through.port = String((network.address() as AddressInfo).port);
  cutOff = await RunningApi.start(through.toString());
  isAway.yet = true;
  for (const socket of open) socket.end();
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await cutOff.stop();
  await sparing.stop();
  await keyless.stop();
  network.close();
  await hub.drop();
});

const SUBMIT = '/api/v1/referrals';
const CHECK = '/api/v1/referrals/validate';
/** The same address as that of a submission, which is told from it by its query. */
const LIST = '/api/v1/referrals?limit=1';
const ABSENT = '/api/v1/referrals/MASH-0000-0000';
const ADDITIONS = [`${ABSENT}/information`, `${ABSENT}/withdrawal`];
const ABSENT_FILES = `${ABSENT}/attachments`;
const ABSENT_FILE = `${ABSENT_FILES}/${randomUUID()}`;
/** The list has the address at which files are begun: it is told from it by a query with nothing in it. */
const FILES = [ABSENT_FILES, `${ABSENT_FILES}?`, `${ABSENT_FILE}/parts/1`, `${ABSENT_FILE}/completion`];
const NO_KEYS = { ATTACHMENT_KEYS: undefined } as unknown as Partial<ApiSettings>;
const EVENTS = '/api/v1/events';
const CODE_LISTS = ['/api/v1/code-lists', '/api/v1/code-lists/sexes'];
const REQUESTS = '/api/v1/information-requests';
const ABSENT_REQUEST = `${REQUESTS}/${randomUUID()}`;
const ANSWERS = `${ABSENT_REQUEST}/answers`;
const LARGE = 'x'.repeat(300_000);
const ON_ABSENT = Object.values(operationsOn(randomUUID()));
const OF_WEBHOOKS = [ENDPOINTS, ADD_ENDPOINT, ...ON_ABSENT];

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** The body of an operation as it should be; undefined of one that has none. */
function bodyOf(path: string): object | undefined {
  if (path === SUBMIT || path === CHECK) return aRoutineAmber();
  if (path.endsWith('/answers')) return ANSWER_EXAMPLES.known.value;
  if (path.endsWith('/attachments')) return ATTACHMENT_EXAMPLES.bodyMap.value;
  if (path.endsWith('/completion')) return {};
  if (path.endsWith('/information')) return INFORMATION_EXAMPLES.information.value;
  if (path === ADD_ENDPOINT) return ENDPOINT_EXAMPLES.endpoint.value;
  return path.endsWith('/withdrawal') ? WITHDRAWAL_EXAMPLES.withdrawal.value : undefined;
}

/** Whether it is stored once for each idempotency key. */
const hasKey = (path: string) => path === SUBMIT || /\/(information|withdrawal|attachments)$/.test(path);

/** A request of an operation as it should be, changed in one way. */
function request(path: string, change: Partial<Request> = {}): Request {
  const hasBody = [TOKEN, REGISTER].includes(path) || bodyOf(path) !== undefined;
  const isPart = path.includes('/parts/');
  const [, method = isPart ? 'PUT' : hasBody ? 'POST' : 'GET', address] = /^(?:([A-Z]+) )?(.*)$/.exec(path)!;
  const headers: Record<string, string> = {
    Authorization: `Bearer ${hub.agency.token}`,
    ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    ...(isPart ? { 'Content-Type': 'application/octet-stream' } : {}),
    ...(hasKey(path) ? { 'Idempotency-Key': randomUUID() } : {}),
  };
  return {
    method,
    path: address!,
    ...(hasBody ? { body: JSON.stringify(bodyOf(path) ?? {}) } : {}),
    ...(isPart ? { body: 'x' } : {}),
    ...change,
    headers: { ...headers, ...change.headers },
  };
}

const seen = new Set<string>();

/** Sends it, and notes which documented answer came. */
async function walk(one: Request, by: RunningApi = api): Promise<void> {
  const { method, path, ...init } = one;
  const answer = await by.send(method, path, init);
  note(method, path, answer.status, answer.body);
}

/** The same over a connection of its own, for what a client that knows HTTP does not send. */
async function walkRaw({ method, path }: Request, lines: string, hurry = async () => {}): Promise<void> {
  const answering = sendRaw(api.url, `${method} ${path} HTTP/1.1\r\nHost: hub\r\n${lines}`);
  await hurry();
  const answer = { ...(await answering), body: JSON.parse((await answering).body) as unknown };
  checkByContract(method, path, answer);
  note(method, path, answer.status, answer.body);
}

function note(method: string, path: string, status: number, body: unknown): void {
  const { operationId } = documentedAt(method, path)!;
  const type = (body as { type?: string } | null)?.type;
  // What is sent to an endpoint has a type too.
  seen.add([operationId, status, ...(type?.startsWith('urn:') === true ? [type] : [])].join(' '));
}

/** Every answer of the contract: the operation, the status and, of a problem, its type. */
function documented(): readonly string[] {
  return DOCUMENTED.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) => {
      const types = content['application/problem+json']?.schema.allOf?.[1]?.properties?.['type'];
      const problems = (types as { enum?: readonly string[] } | undefined)?.enum ?? [];
      // A status may have a form of its own beside its problems, or no body.
      const own = problems.length === 0 || 'application/json' in content ? [''] : [];
      return [...own, ...problems].map((type) => [operationId, status, type].join(' ').trim());
    }),
  );
}

async function walkEveryOperation(path: string): Promise<void> {
  const as = (headers: Record<string, string>) => request(path, { headers });
  await walk(as({ Authorization: '' }));
  await walk(as({ Authorization: 'Bearer mash_unknown' }));
  const address = request(path).path;
  await walk({ ...request(path), path: `${address}${address.includes('?') ? '&' : '?'}dryRun=true` });
  await walk(as({ Accept: 'text/html' }));
  await walk(request(path), cutOff);
  await walkByServer(path);
}

/** What the server answers before any part of the app has a request. */
async function walkByServer(path: string): Promise<void> {
  await walkRaw(request(path), 'No colon\r\n\r\n');
  await walkRaw(request(path), `X-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
  await walkRaw(request(path), 'Expect: coffee\r\nConnection: close\r\n\r\n');
  await walkRaw(request(path), '', () => api.giveUpWaiting());
}

async function walkBodies(path: string): Promise<void> {
  await walk(request(path, { body: '{"a": 1,}' }));
  await walk(request(path, { body: '{"a": 1, "a": 2}' }));
  await walk(request(path, { body: '{}' }));
  await walk(request(path, { headers: { 'Content-Type': 'text/plain' } }));
  await walk(request(path, { body: `"${LARGE}"` }));
}

/** A list that is read a page at a time. */
async function walkPages(path: string): Promise<void> {
  await walk(request(path, { headers: { Prefer: 'return=representation' } }));
  await walk(request(path, { headers: { 'If-None-Match': '*' } }));
  const [bare] = request(path).path.split('?');
  for (const query of ['?limit=0', '?after=x.y']) await walk({ ...request(path), path: `${bare}${query}` });
}

async function walkTokens(): Promise<void> {
  const client = await AgencyClient.of(hub.database, hub.agency.agencyId);
  await walkFailure(await tokenRequest(client), 'token.issued');
  await walk(await tokenRequest(client));
  await walk(await tokenRequest(client, { grant_type: 'password' }));
  await walk(await tokenRequest(client, { client_assertion: 'x.y.z' }));
  await walk(await tokenRequest(client, { client_assertion: LARGE }));
  await walk(await tokenRequest(client), cutOff);
  // The second is over the limit.
  for (let count = 0; count < 3; count++)
    await walk(await tokenRequest(client, { client_assertion: 'x.y.z' }), sparing);
  await walkByServer(TOKEN);
  const readOnly = await AgencyClient.of(hub.database, hub.agency.agencyId, { scopes: ['referrals:read-own'] });
  const submitOnly = await AgencyClient.of(hub.database, hub.agency.agencyId, { scopes: ['referrals:submit'] });
  const as = async (one: AgencyClient, path: string) => {
    const { body } = await api.send('POST', TOKEN, await tokenRequest(one));
    const { access_token } = body as { access_token: string };
    await walk(request(path, { headers: { Authorization: `Bearer ${access_token}` } }));
  };
  const ofFiles = FILES.filter((path) => !path.endsWith('?'));
  const others = [...CODE_LISTS, REQUESTS, ABSENT_REQUEST, ANSWERS, ...OF_WEBHOOKS];
  for (const path of [SUBMIT, CHECK, ...ADDITIONS, ...ofFiles, ...others]) await as(readOnly, path);
  for (const path of [ABSENT, LIST, EVENTS, FILES[1]!]) await as(submitOnly, path);
}

async function walkRegistration(): Promise<void> {
  const asks = await registrationsOf(hub);
  const [good, bare, large] = [await asks(), await asks({ client_name: '' }), await asks({ client_name: LARGE })];
  await walkFailure(await asks(), 'client.invitation-used');
  for (const one of [good, good, bare, large]) await walk(one);
  await walk(await asks(), cutOff);
  for (let count = 0; count < 3; count++) await walk(await asks({}, 'unknown'), sparing);
  await walkByServer(REGISTER);
}

/** @param at where files of a referral are begun */
async function walkFiles(at: string): Promise<void> {
  const announced = (bytes: Buffer, sha256 = sha256Of(bytes)) =>
    JSON.stringify({ ...ATTACHMENT_EXAMPLES.bodyMap.value, size: bytes.length, sha256 });
  const begin = async (body: string) => {
    const sent = await api.send('POST', at, request(at, { body }));
    return `${at}/${(sent.body as { id: string }).id}`;
  };
  const Prefer = 'return=representation';
  const part = (file: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    request(`${file}/parts/1`, { body, headers });
  const whole = (file: string) => request(`${file}/completion`, { headers: { Prefer } });
  const pdf = aPdf();
  const file = await begin(announced(pdf));
  await walk(whole(file));
  for (const one of [request(at), part(file, pdf.toString()), whole(file)]) await walk(one, keyless);
  await walk(part(file, 'x'));
  await walk(part(file, 'x', { 'Content-Type': 'text/plain' }));
  await walk(part(file, 'x'.repeat(2_000_000)));
  await walk(part(file, pdf.toString()));
  await walkFailure(whole(file), 'attachment.added');
  await walk(whole(file));
  await walk(part(file, pdf.toString()));
  for (const body of [announced(pdf, sha256Of(aPdf(5))), announced(Buffer.from('<html>'))]) {
    const other = await begin(body);
    await walk(part(other, body.includes('"size":6,') ? '<html>' : pdf.toString()));
    await walk(whole(other));
  }
  const unreadable = await begin(announced(pdf));
  await attachmentsOf(hub.whole, hub.database).losesItsKey(unreadable.split('/').at(-1)!);
  await walk(part(unreadable, pdf.toString()));
  await walkFailure(request(`${at}?`), 'attachments.listed');
  await walk(request(`${at}?`, { headers: { Prefer } }));
  for (let files = 4; files <= 21; files += 1) await walk(request(at));
}

async function walkWebhooks(): Promise<void> {
  const rows = webhooksOf(hub.database);
  const headers = { Prefer: 'return=representation' };
  const at = (number: number) => JSON.stringify({ address: `https://records.example.org/${number}` });
  await walkFailure(request(ENDPOINTS), 'webhooks.read');
  await walkFailure(request(ADD_ENDPOINT), 'webhook.added');
  for (let number = 1; number <= 6; number++) await walk(request(ADD_ENDPOINT, { headers, body: at(number) }));
  await walk(request(ADD_ENDPOINT, { body: at(1) }));
  await walk(request(ADD_ENDPOINT), keyless);
  const [endpoint, off] = (await rows.endpoints()) as [string, string];
  const operations = Object.entries(operationsOn(endpoint, await rows.aDelivery(endpoint)));
  for (const [act, path] of operations) await walkFailure(request(path), act);
  await walk(request(operationsOn(endpoint)['webhook.secret-rotated']), keyless);
  for (const [, path] of operations) await walk(request(path, { headers }));
  await walk(request(ENDPOINTS, { headers }));
  await rows.switchesOff(off);
  const { 'webhook.tested': test, 'webhook.replayed': replay } = operationsOn(off, await rows.aDelivery(off));
  for (const path of [test, replay, ...ON_ABSENT]) await walk(request(path));
  await walkPages(ON_ABSENT[4]!);
}

async function walkFailure(one: Request, act: string): Promise<void> {
  const makeGood = await hub.refusesEntriesOf(act);
  await walk(one);
  await makeGood();
}

it('every documented answer is given by the running API, and it gives no other', async () => {
  await walkFailure(request(SUBMIT), 'referral.submitted');
  await walkFailure(request(CHECK), 'referral.checked');
  const own = `${SUBMIT}/${await hub.submit(aRoutineAmber())}`;
  await walkFailure(request(own), 'referral.status-read');
  const asked = `${REQUESTS}/${await hub.asks(hub.screener, own.split('/').at(-1)!, hub.agency.agencyId)}`;
  await walkFailure(request(REQUESTS), 'requests.read');
  await walkFailure(request(asked), 'request.read');
  await walkFailure(request(`${asked}/answers`), 'information.answered');
  await walkFailure(request(LIST), 'referrals.listed');
  await walkFailure(request(EVENTS), 'events.read');
  await walkFailure(request(`${own}/information`), 'referral.information-added');
  await walkFailure(request(`${own}/withdrawal`), 'referral.withdrawal-asked');
  await walkFailure(request(`${own}/attachments`), 'attachment.begun');
  for (const path of [
    SUBMIT,
    CHECK,
    LIST,
    ABSENT,
    ...ADDITIONS,
    ...FILES,
    EVENTS,
    ...CODE_LISTS,
    REQUESTS,
    ABSENT_REQUEST,
    ANSWERS,
    ...OF_WEBHOOKS,
  ])
    await walkEveryOperation(path);
  for (const path of [SUBMIT, CHECK, ...ADDITIONS, ABSENT_FILES, ANSWERS, ADD_ENDPOINT]) await walkBodies(path);
  await walkWebhooks();
  await walkRegistration();
  await walkTokens();
  await walkPages(LIST);
  await walkPages(EVENTS);
  for (const path of CODE_LISTS) await walkFailure(request(path), 'code-lists.read');
  for (const path of CODE_LISTS) {
    await walk(request(path, { headers: { Prefer: 'return=representation' } }));
    await walk(request(path, { headers: { 'If-None-Match': '*' } }));
  }
  await walk(request('/api/v1/code-lists/none'));

  const Prefer = 'return=representation';
  const key = { 'Idempotency-Key': randomUUID(), Prefer };
  await walk(request(SUBMIT, { headers: key }));
  await walk(request(SUBMIT, { headers: key }));
  await walk(request(SUBMIT, { headers: key, body: JSON.stringify({ ...aRoutineAmber(), senderReference: 'x' }) }));
  await walk(request(SUBMIT, { headers: { 'Idempotency-Key': 'a b' } }));
  const { 'Idempotency-Key': _key, ...withoutKey } = request(SUBMIT).headers;
  await walk({ ...request(SUBMIT), headers: withoutKey });
  const first = await submissionUnderWay(hub.url, hub.agency.agencyId, 'under-way');
  await walk(request(SUBMIT, { headers: { 'Idempotency-Key': 'under-way' } }));
  await first.letGo();

  for (const path of [`${own}/information`, `${own}/withdrawal`, `${own}/attachments`]) {
    const once = { 'Idempotency-Key': randomUUID(), Prefer };
    await walk(request(path, { headers: once }));
    await walk(request(path, { headers: once }));
    await walk(request(path, { headers: once, body: JSON.stringify({ ...bodyOf(path), saidBy: 'x' }) }));
    await walk(request(path, { headers: { 'Idempotency-Key': 'a b' } }));
    const { 'Idempotency-Key': _once, ...bare } = request(path).headers;
    await walk({ ...request(path), headers: bare });
  }

  await walk(request(CHECK, { headers: { Prefer } }));

  await walk(request(own, { headers: { Prefer } }));
  await walk(request(own, { headers: { 'If-None-Match': '*' } }));
  await walk(request(ABSENT));

  await walk(request(REQUESTS, { headers: { Prefer } }));
  await walk(request(asked, { headers: { Prefer } }));
  await walk(request(asked, { headers: { 'If-None-Match': '*' } }));
  await walk(request(`${asked}/answers`, { headers: { Prefer } }));
  for (const path of [...ADDITIONS, ...FILES, ABSENT_REQUEST, ANSWERS]) await walk(request(path));
  await walkFiles(`${SUBMIT}/${await hub.submit(aRoutineAmber())}/attachments`);

  // The second of each is over the limit of a minute, however slow the machine is.
  const again = [SUBMIT, CHECK, LIST, ABSENT, ...ADDITIONS, ...FILES, EVENTS, ...CODE_LISTS, ...OF_WEBHOOKS];
  for (const path of [...again, REQUESTS, ABSENT_REQUEST, ANSWERS])
    for (let sent = 0; sent < 2; sent++) await walk(request(path), sparing);

  expect([...seen].sort()).toEqual([...documented()].sort());
});
