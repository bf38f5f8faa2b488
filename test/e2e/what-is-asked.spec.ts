import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

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

const problem = (slug: string) => `urn:mash-triage:problem:${slug}`;
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  api.send(method, path, {
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('a query parameter that no operation knows', () => {
  it.each(['?dryRun=true', '?validate', '?=', '?a=1&b=2', '?&dryRun=1', '?%64ryRun=true', '?reference=x'])(
    'I18: %s is refused on every operation, and nothing is stored',
    async (query) => {
      const reference = await hub.submit(aRoutineAmber());
      const before = await hub.storedCount();
      const sent = [
        await send('POST', `/api/v1/referrals${query}`, { 'Idempotency-Key': 'k' }, aRoutineAmber()),
        await send('POST', `/api/v1/referrals/validate${query}`, {}, aRoutineAmber()),
        await send('GET', `/api/v1/referrals/${reference}${query}`),
      ];
      for (const { status, body } of sent) {
        expect([status, (body as Problem).type]).toEqual([400, problem('unknown-query-parameter')]);
        expect(JSON.stringify(body)).not.toContain('dryRun');
      }
      expect(await hub.storedCount()).toBe(before);
    },
  );

  it('is told only to an agency that we know', async () => {
    const sent = await api.send('POST', '/api/v1/referrals?dryRun=true', {});
    expect(sent.status).toBe(401);
  });

  it('is not there when the address ends in a question mark', async () => {
    expect((await send('POST', '/api/v1/referrals/validate?', {}, aRoutineAmber())).status).toBe(200);
  });
});

describe('the preferences of a request', () => {
  it.each([
    ['return=representation', 'return=representation'],
    ['handling=strict', 'handling=strict'],
    ['Return="Representation"; foo=bar , HANDLING=strict', 'handling=strict, return=representation'],
    ['return=minimal', null],
    ['return=minimal, return=representation', null],
    ['handling=lenient, respond-async, wait=10', 'handling=lenient'],
    ['handling=strict, handling=lenient', 'handling=strict'],
    ['handling=lax', null],
    ['foo="handling=strict, return=representation"', null],
    ['constructor, __proto__=1, ,;=', null],
  ])('%s are met as far as Preference-Applied says: %s', async (prefer, applied) => {
    const sent = await send('POST', '/api/v1/referrals/validate', { Prefer: prefer }, aRoutineAmber());
    expect([sent.status, sent.headers.get('Preference-Applied')]).toEqual([200, applied]);
  });

  it('are named on a submission and on a reading too', async () => {
    const Prefer = 'return=representation';
    const sent = await send('POST', '/api/v1/referrals', { Prefer, 'Idempotency-Key': 'k' }, aRoutineAmber());
    const read = await send('GET', sent.headers.get('Location')!, { Prefer });
    for (const { headers } of [sent, read]) expect(headers.get('Preference-Applied')).toBe(Prefer);
  });
});

describe('trying a referral', () => {
  it('answers that it is valid with the advice, and stores nothing of it', async () => {
    const before = await hub.storedCount();
    const sent = await send('POST', '/api/v1/referrals/validate', {}, aRoutineAmber());
    expect([sent.status, sent.body]).toEqual([200, { valid: true, advice: expect.stringContaining('999') }]);
    expect([await hub.storedCount(), await hub.receivedCount()]).toEqual([before, 0]);
    expect(await hub.recordOf('referral.checked')).toEqual([{ valid: true, codes: [] }]);
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['a list', []],
    ['faults of every sort', { ...aRoutineAmber(), thresholdLevel: 9, children: [{ upn: 'x' }], unheardOf: 1 }],
  ])('answers to %s exactly what a submission would', async (_, body) => {
    const tried = await send('POST', '/api/v1/referrals/validate', {}, body);
    const sent = await send('POST', '/api/v1/referrals', { 'Idempotency-Key': 'k' }, body);
    const said = ({ status, body: answer }: typeof tried) => ({ status, ...(answer as object), instance: '' });
    expect(said(tried)).toEqual(said(sent));
    expect(tried.status).toBe(422);
  });

  it('keeps on the record the codes of the faults, and nothing that was sent', async () => {
    await send('POST', '/api/v1/referrals/validate', {}, { ...aRoutineAmber(), senderReference: 7, Canaryella: 1 });
    expect(await hub.recordOf('referral.checked')).toEqual([{ valid: false, codes: ['unknown_property', 'text'] }]);
    expect(await hub.textBesideReferrals()).not.toContain('Canaryella');
  });

  it('needs a credential', async () => {
    expect((await api.send('POST', '/api/v1/referrals/validate', { body: '{}' })).status).toBe(401);
  });
});

describe('the ETag of a referral', () => {
  const read = async (reference: string, ifNoneMatch?: string) => {
    const headers = ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch };
    const { status, headers: answered, body } = await send('GET', `/api/v1/referrals/${reference}`, headers);
    return { status, tag: answered.get('ETag')!, body: body as { status: string } | null };
  };

  it('changes when what the agency is shown changes, and only then', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const first = await read(reference);
    expect(first.tag).toMatch(/^"[\w-]{22}"$/);
    expect(await read(reference)).toEqual(first);

    await hub.read(reference);
    const opened = await read(reference);
    expect([opened.body!.status, opened.tag === first.tag]).toEqual(['in_triage', false]);
    await hub.claims(hub.socialWorker, reference);
    expect((await read(reference)).tag).toBe(opened.tag);

    await hub.decides(hub.socialWorker, reference);
    expect((await read(reference)).tag).toBe(opened.tag);
    await hub.moveBy({ seconds: 31 });
    const decided = await read(reference, opened.tag);
    expect([decided.status, decided.body!.status]).toEqual([200, 'decided']);
    expect((await read(reference, decided.tag)).status).toBe(304);
  });

  it('is another for each referral', async () => {
    const [one, other] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
    expect((await read(one)).tag).not.toBe((await read(other)).tag);
  });

  it('answers 304 without a body to If-None-Match in each of its forms', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { tag } = await read(reference);
    for (const one of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b",W/${tag} , "c"`, '*']) {
      expect(await read(reference, one)).toEqual({ status: 304, tag, body: null });
    }
    for (const one of ['"other"', tag.slice(1, -1), '""', 'W/"x"'])
      expect((await read(reference, one)).status).toBe(200);
  });

  it('says nothing of a referral of another agency', async () => {
    expect((await read('MASH-0000-0000', '*')).status).toBe(404);
  });
});
