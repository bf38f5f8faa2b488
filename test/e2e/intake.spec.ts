import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningApi } from '../support/running-api.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { submissionUnderWay } from '../support/verbs/moments.ts';

interface Problem {
  type: string;
  errors?: { pointer: string; code: string }[];
}

let hub: Hub;
let api: RunningApi;
let token: string;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
  ({ token } = hub.agency);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const valid = () => aBruisedBaby() as unknown as Record<string, never>;
const problem = (slug: string) => `urn:mash-triage:problem:${slug}`;
const keyed = () => ({ 'Idempotency-Key': randomUUID() });
const referenceIn = ({ body }: { readonly body: unknown }) => (body as { reference: string }).reference;

describe('the api', () => {
  it('I1: answers an accepted referral with its reference, by which its status is read', async () => {
    const sent = await api.post(token, valid());
    expect(sent.status).toBe(201);
    const answer = sent.body as Record<string, string>;
    expect(answer).toEqual({
      reference: expect.stringMatching(/^MASH-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      status: 'received',
      receivedAt: expect.stringMatching(/Z$/),
      decisionExpectedBy: expect.stringMatching(/Z$/),
      advice: expect.stringContaining('999'),
    });
    expect(Date.parse(answer['decisionExpectedBy']!) - Date.parse(answer['receivedAt']!)).toBe(4 * 3_600_000);
    expect(sent.headers.get('Location')).toBe(`/api/v1/referrals/${answer['reference']}`);

    const status = await api.get(sent.headers.get('Location')!, token);
    expect(status.status).toBe(200);
    expect(status.body).toEqual({
      reference: answer['reference'],
      status: 'received',
      receivedAt: answer['receivedAt'],
      decisionExpectedBy: answer['decisionExpectedBy'],
    });
    expect(status.headers.get('ETag')).toBe(sent.headers.get('ETag'));
  });

  it('Z1: answers another agency as for a reference that does not exist', async () => {
    const other = await addAgency(hub.database, 'Other School');
    const { body } = await api.post(token, valid());
    const theirs = await api.get(`/api/v1/referrals/${referenceIn({ body })}`, other.token);
    const none = await api.get('/api/v1/referrals/MASH-0000-0000', other.token);
    const shape = ({ status, body: problem }: typeof none) => ({ status, ...(problem as object), instance: '' });
    expect(theirs.status).toBe(404);
    expect(shape(theirs)).toEqual(shape(none));
  });

  it.each([
    ['emoji', '👩‍👧‍👦 Zoë'],
    ['Welsh', 'Llŷr Ŵyn-Siân'],
    ['Polish', 'Świętosława Łącka'],
    ['Arabic', 'محمد بن سلمان'],
    ['Urdu', 'فاطمہ جناح'],
    ['decomposed accents, as NFC', 'Zoe\u0308'],
  ])('I15: keeps a name in %s as it was sent', async (_, name) => {
    const body = valid() as unknown as { children: { firstName: string }[] };
    body.children[0]!.firstName = name;
    const answer = await api.post(token, body);
    expect((await hub.firstChildOf(referenceIn(answer))).firstName).toBe(name.normalize('NFC'));
  });

  it('I5, M2: accepts a byte order mark before the body, and spaces in an NHS number', async () => {
    const body = valid() as unknown as { children: { nhsNumber: string }[] };
    body.children[0]!.nhsNumber = '999 049 1321';
    const sent = await api.post(token, `\uFEFF${JSON.stringify(body)}`);
    expect(sent.status).toBe(201);
    expect((await hub.firstChildOf(referenceIn(sent))).nhsNumber).toBe('9990491321');
  });
});

describe('an idempotency key', () => {
  it('M10: replays the first answer when the same body comes again in another key order and white space', async () => {
    const key = keyed();
    const first = await api.post(token, valid(), key);
    const before = await hub.storedCount();
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(valid()).reverse()), null, 3);
    const again = await api.post(token, reordered, key);
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(await hub.storedCount()).toBe(before);
  });

  it('M11: refuses another body under the same idempotency key, and leaves the first as it is', async () => {
    const key = keyed();
    await api.post(token, valid(), key);
    const before = await hub.storedCount();
    const other = await api.post(token, { ...valid(), senderReference: 'another' }, key);
    expect([other.status, (other.body as Problem).type]).toEqual([422, problem('idempotency-key-reused')]);
    expect(await hub.storedCount()).toBe(before);
  });

  it('M13: accepts the same idempotency key from two agencies', async () => {
    const key = keyed();
    const other = await addAgency(hub.database, 'Third School');
    const [mine, theirs] = [await api.post(token, valid(), key), await api.post(other.token, valid(), key)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(referenceIn(mine)).not.toBe(referenceIn(theirs));
  });

  it('M12: makes one referral of fifty posts at once under one idempotency key', async () => {
    const key = keyed();
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post(token, valid(), key)));
    expect(await hub.receivedCount()).toBe(1);
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ body }) => referenceIn({ body }))).size).toBe(1);
    expect(created.filter(({ headers }) => headers.get('Idempotency-Replayed') === null)).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  });

  it('M12: answers 409 and stores nothing while the first request under the same idempotency key is running', async () => {
    const { agencyId, token: slow } = await addAgency(hub.database, 'Slow School');
    const key = randomUUID();
    const first = await submissionUnderWay(hub.url, agencyId, key);
    const before = await hub.storedCount();
    const second = await api.post(slow, valid(), { 'Idempotency-Key': key });
    expect([second.status, second.headers.get('Retry-After')]).toEqual([409, '1']);
    expect(await hub.storedCount()).toBe(before);
    await first.letGo();
    expect((await api.post(slow, valid(), { 'Idempotency-Key': key })).status).toBe(201);
  });

  it.each([
    ['missing', '', 'idempotency-key-required'],
    ['of 300 characters', 'x'.repeat(300), 'idempotency-key-invalid'],
    ['with a space', 'a b', 'idempotency-key-invalid'],
  ])('I2, I3: refuses an idempotency key that is %s', async (_, value, slug) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const before = await hub.storedCount();
    const sent = await api.send('POST', '/api/v1/referrals', {
      body: JSON.stringify(valid()),
      headers: value === '' ? headers : { ...headers, 'Idempotency-Key': value },
    });
    expect([sent.status, (sent.body as Problem).type]).toEqual([400, problem(slug)]);
    expect(await hub.storedCount()).toBe(before);
  });
});

it('I16: accepts a summary of exactly 20,000 code points, each of two UTF-16 units, and no more', async () => {
  const body = valid() as unknown as { concern: { summary: string } };
  body.concern.summary = '😀'.repeat(20_000);
  expect((await api.post(token, body)).status).toBe(201);
  body.concern.summary += '😀';
  expect((await api.post(token, body)).status).toBe(422);
});

it('publishes the contract of the api as OpenAPI 3.1', async () => {
  const { body } = await api.get('/openapi.json');
  const document = body as { openapi: string; paths: Record<string, object> };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual([
    '/oauth2/register',
    '/oauth2/token',
    '/api/v1/referrals',
    '/api/v1/referrals/validate',
    '/api/v1/referrals/{reference}',
    '/api/v1/referrals/{reference}/information',
    '/api/v1/referrals/{reference}/withdrawal',
    '/api/v1/referrals/{reference}/attachments',
    '/api/v1/referrals/{reference}/attachments/{attachment}/parts/{number}',
    '/api/v1/referrals/{reference}/attachments/{attachment}/completion',
    '/api/v1/events',
    '/api/v1/webhook-endpoints',
    '/api/v1/webhook-endpoints/{endpoint}',
    ...['secret', 'switch-on', 'test', 'deliveries', 'deliveries/{delivery}/replay'].map(
      (part) => `/api/v1/webhook-endpoints/{endpoint}/${part}`,
    ),
    '/api/v1/code-lists',
    '/api/v1/code-lists/{name}',
    '/api/v1/information-requests',
    '/api/v1/information-requests/{id}',
    '/api/v1/information-requests/{id}/answers',
  ]);
  expect((await fetch(`${api.url}/docs`)).status).toBe(200);
});

it('says that the api is alive and ready', async () => {
  expect((await api.get('/health/live')).status).toBe(200);
  expect((await api.get('/health/ready')).status).toBe(200);
});
