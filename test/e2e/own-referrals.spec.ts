import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

interface Page {
  readonly data: readonly Readonly<Record<string, string>>[];
  readonly page: { readonly next?: string; readonly hasMore: boolean };
}

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const PATH = '/api/v1/referrals';
const ask = (query = '', token = hub.agency.token, headers: Record<string, string> = {}) =>
  api.send('GET', `${PATH}${query}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
const pageOf = async (query = '', token = hub.agency.token) => {
  const { status, body } = await ask(query, token);
  expect([query, status]).toEqual([query, 200]);
  return body as Page;
};
const references = ({ data }: Page) => data.map(({ reference }) => reference);
/** Referrals, the latest first, a minute apart. */
async function submitted(count: number): Promise<readonly string[]> {
  const all: string[] = [];
  for (let at = 0; at < count; at++) {
    await hub.moveBy({ minutes: 1 });
    all.unshift(await hub.submit(aRoutineAmber({ senderReference: `Case ${at % 2}` })));
  }
  return all;
}

describe('the list of own referrals', () => {
  it('has the latest at the top, page by page, each once, while others come in', async () => {
    const all = await submitted(5);
    const first = await pageOf('?limit=2');
    expect([references(first), first.page.hasMore]).toEqual([all.slice(0, 2), true]);
    await hub.moveBy({ minutes: 1 });
    const meanwhile = await hub.submit(aRoutineAmber());
    const second = await pageOf(`?limit=2&after=${first.page.next}`);
    const third = await pageOf(`?after=${second.page.next}&limit=2`);
    expect([...references(first), ...references(second), ...references(third)]).toEqual(all);
    expect(third.page).toEqual({ hasMore: false });
    expect(references(await pageOf())).toEqual([meanwhile, ...all]);
  });

  it('tells referrals of one millisecond apart by their references', async () => {
    const all = [];
    for (let at = 0; at < 5; at++) all.push(await hub.submit(aRoutineAmber()));
    const seen: (string | undefined)[] = [];
    for (let after = ''; ;) {
      const { data, page } = await pageOf(`?limit=2${after}`);
      seen.push(...data.map(({ reference }) => reference));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen.toSorted()).toEqual(all.toSorted());
  });

  it('links to the next page, by an address that can be followed', async () => {
    const all = await submitted(3);
    const { headers } = await ask('?limit=2&senderReference=Case+0');
    expect(headers.get('Link')).toBeNull();
    const link = /^<(.+)>; rel="next"$/.exec((await ask('?limit=2')).headers.get('Link')!)!;
    expect(references(await pageOf(link[1]!.slice(PATH.length)))).toEqual(all.slice(2));
  });

  it('finds a referral by the case number of its sender, however it was spaced, and no other', async () => {
    const [latest, , first] = await submitted(3);
    expect(references(await pageOf('?senderReference=Case%200'))).toEqual([latest, first]);
    expect(references(await pageOf('?senderReference=%20Case%20%20%200%20'))).toEqual([latest, first]);
    for (const none of ['case+0', 'Case+2', '%00', "'%20OR%201=1--", '%25'])
      expect([none, references(await pageOf(`?senderReference=${none}`))]).toEqual([none, []]);
  });

  it('Z2: shows what the status shows and nothing of the hub, and only own referrals', async () => {
    const other = await hub.anAgency('Loomgate Police');
    const own = await hub.submit(aCoachMessagingChildren());
    await hub.submit(aRoutineAmber(), other.agencyId);
    const shown = () => pageOf().then(({ data }) => data);
    expect(await shown()).toEqual([
      {
        reference: own,
        senderReference: expect.any(String),
        status: 'received',
        receivedAt: '2026-11-23T10:00:00Z',
        decisionExpectedBy: expect.any(String),
      },
    ]);
    await hub.read(own);
    await hub.decides(hub.socialWorker, own);
    expect((await shown())[0]!['status']).toBe('in_triage');
    await hub.moveBy({ minutes: 1 });
    expect((await shown())[0]!['status']).toBe('decided');
    expect((await hub.ownReferral(own)).status).toBe('decided');
    expect((await hub.recordOf('referrals.listed')).length).toBe(3);
  });

  it.each([
    '?filter[agency]=x',
    '?sort=agency.secret',
    '?fields=decisionRationale',
    '?limit=1&limit=2',
    '?after=a&after=a',
    '?Limit=1',
    '?status=decided',
  ])('I18, Z2: is not asked with %s, which is refused', async (query) => {
    const { status, body } = await ask(query);
    expect([status, (body as { type: string }).type]).toEqual([400, 'urn:mash-triage:problem:unknown-query-parameter']);
  });

  it.each(['?limit=0', '?limit=101', '?limit=', '?limit=1e1', '?limit=-1', '?limit=01000', '?senderReference='])(
    '%s is refused as a value that cannot be used',
    async (query) => {
      const { status, body } = await ask(query);
      expect([status, (body as { type: string }).type]).toEqual([
        400,
        'urn:mash-triage:problem:invalid-query-parameter',
      ]);
    },
  );

  it('X6: a cursor that was changed, or is of another agency or filter, is refused', async () => {
    const other = await hub.anAgency('Loomgate Police');
    await submitted(3);
    const next = (await pageOf('?limit=1')).page.next!;
    const [payload, signature] = next.split('.') as [string, string];
    const later = Buffer.from(JSON.stringify(['2030-01-01T00:00:00Z', 'MASH-0000-0000'])).toString('base64url');
    const refused = async (query: string, token?: string) => {
      const { status, body } = await ask(query, token);
      return [status, (body as { type: string }).type];
    };
    const invalid = [400, 'urn:mash-triage:problem:invalid-cursor'];
    for (const changed of [
      `${later}.${signature}`,
      `${payload}.${signature.slice(0, -2)}AA`,
      payload,
      '',
      '.',
      "'--",
      `${payload}.${'A'.repeat(22)}`,
      '%00',
    ])
      expect([changed, await refused(`?after=${changed}`)]).toEqual([changed, invalid]);
    expect(await refused(`?after=${next}`, other.token)).toEqual(invalid);
    expect(await refused(`?after=${next}&senderReference=Case+0`)).toEqual(invalid);
    expect((await ask(`?after=${next}`)).status).toBe(200);
  });

  it('that an agency has already is answered 304, until it changes', async () => {
    await submitted(3);
    const tag = (await ask('?limit=2')).headers.get('ETag')!;
    const again = await ask('?limit=2', hub.agency.token, { 'If-None-Match': tag });
    expect([again.status, again.body]).toEqual([304, null]);
    await hub.submit(aRoutineAmber());
    expect((await ask('?limit=2', hub.agency.token, { 'If-None-Match': tag })).status).toBe(200);
  });
});
