import { randomUUID } from 'node:crypto';
import type { ApiSettings } from '#platform';
import { RestrictReferral } from '#restrictions';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';
import { FakeClamd } from '../support/fake-clamd.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi, type Sent } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aPdf, aWordDocument, EICAR, sha256Of } from '../support/sample-files.ts';
import { checkFiles, ComposedHubs } from '../support/verbs/attachments.ts';

let hub: Hub;
let api: RunningApi;
let console: RunningConsole;
let composed: ComposedHubs;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
  console = await RunningConsole.start(hub);
  composed = new ComposedHubs(hub.database);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await composed.close();
  await api.stop();
  await console.stop();
  await hub.drop();
});

const at = (reference: string) => `/api/v1/referrals/${reference}/attachments`;
const announced = (bytes: Buffer, more: object = {}) => ({
  ...{ name: 'Body map.pdf', mediaType: 'application/pdf', size: bytes.length, sha256: sha256Of(bytes) },
  ...{ saidBy: 'Bernadette Owusu-Lacey', ...more },
});
const begin = (reference: string, body: unknown, headers: Record<string, string> = {}) =>
  api.post(hub.agency.token, body, headers, at(reference));
const idOf = ({ body }: Sent) => (body as { id: string }).id;
const store = (reference: string, id: string, number: number | string, bytes: Buffer) =>
  api.send('PUT', `${at(reference)}/${id}/parts/${number}`, {
    headers: { Authorization: `Bearer ${hub.agency.token}`, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
const complete = (reference: string, id: string) =>
  api.post(hub.agency.token, {}, {}, `${at(reference)}/${id}/completion`);
/** @returns the id of a file that came in one part */
async function attach(reference: string, bytes: Buffer, more: object = {}): Promise<string> {
  const id = idOf(await begin(reference, announced(bytes, more)));
  await store(reference, id, 1, bytes);
  expect((await complete(reference, id)).status).toBe(200);
  return id;
}
const faultsOf = ({ body }: Sent) =>
  (body as { errors: readonly { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [pointer, code]);
const kindOf = ({ status, body }: Sent) => [status, (body as { type: string }).type.split(':').at(-1)];
const visits = (person: { readonly subject: string }, path: string) => console.visitedBy(person, path);

describe('a file that is announced', () => {
  it('is told in which parts it comes, and the same again for the same key', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const key = { 'Idempotency-Key': 'k' };
    const body = announced(aPdf(2_500_000), { name: 'C:\\Maya\\photo\u202Egpj.pdf', description: 'Her bruises.' });
    const first = await begin(reference, body, key);
    expect([first.status, first.body]).toEqual([
      201,
      {
        ...{ id: expect.any(String), reference, name: 'photogpj.pdf', mediaType: 'application/pdf', size: 2_500_000 },
        ...{ sha256: body.sha256, saidBy: body.saidBy, description: 'Her bruises.', state: 'uploading' },
        ...{ partSize: 1_048_576, parts: 3, partsHere: [], begunAt: '2026-11-23T10:00:00Z' },
      },
    ]);
    await store(reference, idOf(first), 2, aPdf(1_048_576));
    const again = await begin(reference, body, key);
    expect([again.status, idOf(again), again.headers.get('Idempotency-Replayed')]).toEqual([201, idOf(first), 'true']);
    expect(again.body).toMatchObject({ partsHere: [2] });
    expect(kindOf(await begin(reference, { ...body, name: 'x' }, key))).toEqual([422, 'idempotency-key-reused']);
  });

  it('is refused with every fault at once, and nothing is stored', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const wrong = { name: '', mediaType: 'text/html', size: 20 * 1024 * 1024 + 1, sha256: 'abc', extra: 1 };
    const refused = await begin(reference, wrong);
    expect(kindOf(refused)).toEqual([422, 'invalid-attachment']);
    expect(faultsOf(refused).toSorted()).toEqual([
      ['/extra', 'unknown_property'],
      ['/mediaType', 'not_in_list'],
      ['/name', 'required'],
      ['/saidBy', 'required'],
      ['/sha256', 'sha256'],
      ['/size', 'whole_number'],
    ]);
    for (const size of [0, -1, 1.5, '5', null])
      expect([size, faultsOf(await begin(reference, announced(aPdf(), { size })))[0]?.[0]]).toEqual([size, '/size']);
    const { body } = await api.get(at(reference), hub.agency.token);
    expect(body).toEqual({ attachments: [] });
  });

  it('of 20 MB exactly is taken', async () => {
    const reference = await hub.submit(aRoutineAmber());
    expect((await begin(reference, announced(aPdf(20 * 1024 * 1024)))).body).toMatchObject({ parts: 20 });
  });

  it('is refused where the hub has no key for files', async () => {
    const without = { ATTACHMENT_KEYS: undefined } as unknown as Partial<ApiSettings>;
    const keyless = await RunningApi.start(hub.url, { databaseUrl: hub.url }, without);
    try {
      const reference = await hub.submit(aRoutineAmber());
      const refused = await keyless.post(hub.agency.token, announced(aPdf()), {}, at(reference));
      expect(kindOf(refused)).toEqual([409, 'attachments-not-taken']);
    } finally {
      await keyless.stop();
    }
  });
});

describe('a part', () => {
  it('of no file, of a number that is none, or of another referral is answered as if there were nothing', async () => {
    const [reference, other] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
    const id = idOf(await begin(reference, announced(aPdf())));
    for (const number of ['0', '2', '01', '-1', '1.0', 'x', '100'])
      expect([number, kindOf(await store(reference, id, number, aPdf()))]).toEqual([number, [404, 'not-found']]);
    expect(kindOf(await store(other, id, 1, aPdf()))).toEqual([404, 'not-found']);
    expect(kindOf(await store(reference, randomUUID(), 1, aPdf()))).toEqual([404, 'not-found']);
    expect(kindOf(await store(reference, 'x', 1, aPdf()))).toEqual([404, 'not-found']);
  });

  it('that is larger than a part is not read to its end', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const id = idOf(await begin(reference, announced(aPdf())));
    expect(kindOf(await store(reference, id, 1, aPdf(1_048_577)))).toEqual([413, 'too-large']);
  });
});

describe('a file of a referral', () => {
  it('E3: is saved under a name of the hub’s own, inert, and the record says who opened it', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const bytes = aPdf(5_000);
    await attach(reference, bytes, { name: '../../"><script>alert(1)<script>\r\n.exe' });
    await checkFiles(hub.whole, hub.database);
    const worker = await visits(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.text).toContain('"><script>alert(1)<script> .exe (PDF, 5 kB)');
    const file = await worker.get(worker.page.link('"><script>alert(1)<script> .exe'));
    expect([file.status, file.text.startsWith('%PDF-1.7')]).toEqual([200, true]);
    const headers = ['Content-Disposition', 'Content-Type', 'Content-Length', 'X-Content-Type-Options'] as const;
    expect(headers.map((one) => file.headers.get(one))).toEqual([
      `attachment; filename=${reference}-file-1.pdf`,
      'application/pdf',
      '5000',
      'nosniff',
    ]);
    expect(file.headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'");
    expect(file.headers.get('Cache-Control')).toContain('no-store');
    const { text } = await worker.open(`/referrals/${reference}/timeline`);
    expect(text).toMatch(/Sol Worker.*Opened a file/);
    expect(text).toContain('Added a file');
  });

  it('stands on its page, beside the decision, with the agencies, and on paper as a line', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await attach(reference, aPdf(), { description: 'Her bruises on Friday.' });
    await attach(reference, aWordDocument(), { name: 'Notes of the school.docx' });
    await checkFiles(hub.whole, hub.database);
    const worker = await visits(hub.socialWorker, `/referrals/${reference}`);
    for (const path of ['', '/decision', '/agencies', '/print']) {
      const page = await worker.open(`/referrals/${reference}${path}`);
      expect([path, page.text]).toEqual([path, expect.stringContaining('Body map.pdf (PDF, 2 kB)')]);
      expect([path, page.text]).toEqual([path, expect.stringContaining('Her bruises on Friday.')]);
      expect([path, page.text]).toEqual([path, expect.stringContaining('Notes of the school.docx (Word document,')]);
      expect([path, page.text]).toEqual([
        path,
        expect.stringContaining('Not checked for viruses: this hub has no scanner.'),
      ]);
      const links = page.attributes('href').filter((href) => href.includes('/files/'));
      expect([path, links.length]).toEqual([path, path === '/print' ? 0 : 2]);
    }
    expect((await worker.open(`/referrals/${reference}/for-family`)).text).not.toContain('Body map');
  });

  it('is closed until it is checked, and stays so where a virus is found: hub and agency are told', async () => {
    const clamd = await FakeClamd.start();
    try {
      const whole = await composed.with(ATTACHMENT_KEYS, clamd.url);
      const reference = await hub.submit(aRoutineAmber());
      const id = await attach(reference, Buffer.concat([aPdf(), Buffer.from(EICAR)]));
      const worker = await visits(hub.socialWorker, `/referrals/${reference}`);
      expect(worker.page.text).toContain('Waiting to be checked for viruses.');
      const waited = 'The oldest file of an agency that waits to be checked for viruses has waited';
      await hub.moveBy({ minutes: 7 });
      expect((await worker.open('/service')).text).toContain(`${waited} 7 minutes`);
      const before = await worker.get(`/referrals/${reference}/files/${id}`);
      expect([before.status, before.text]).toEqual([409, expect.stringContaining('This file cannot be opened')]);
      await checkFiles(whole, hub.database);
      const { text } = await worker.open(`/referrals/${reference}`);
      expect(text).toContain('A virus was found. The file stays closed: ask the agency to send it another way.');
      expect(text).toContain('Eicar-Test-Signature');
      expect((await worker.get(`/referrals/${reference}/files/${id}`)).status).toBe(409);
      const { body } = await api.get(at(reference), hub.agency.token);
      expect(body).toMatchObject({ attachments: [{ id, state: 'infected' }] });
    } finally {
      await clamd.stop();
    }
  });

  it('that comes after the decision is told to the decider, who says what follows', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 5 });
    await attach(reference, aPdf());
    await hub.fireDue.execute();
    const worker = await visits(hub.socialWorker, '/alerts');
    expect(worker.page.text).toContain(`${reference}: An agency answered after the decision, or added to it`);
    const page = await worker.open(`/referrals/${reference}/agencies`);
    expect(page.text).toMatch(/adds a file, .*after the decision/);
    const read = await worker.press('I have read it', { 'What follows from it?': 'The decision stands.' });
    expect(read.text).toContain('Read by Sol Worker, 10:05am today: The decision stands.');
  });

  it('Z9: of a restricted referral is not there for a person who may not open it', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const id = await attach(reference, aPdf());
    await checkFiles(hub.whole, hub.database);
    await hub.whole.get(RestrictReferral).execute({
      ...{ reference, category: 'adoption', reason: 'She is being adopted.', children: [], people: [] },
      ...{ formId: randomUUID(), by: hub.manager },
    });
    const screener = await visits(hub.screener, '/queue');
    const none = await screener.get(`/referrals/MASH-0000-0000/files/${id}`);
    const hidden = await screener.get(`/referrals/${reference}/files/${id}`);
    expect([none.status, hidden.status]).toEqual([404, 404]);
    expect(hidden.text).not.toContain('Body map');
    const manager = await visits(hub.manager, `/referrals/${reference}`);
    expect((await manager.get(`/referrals/${reference}/files/${id}`)).status).toBe(200);
  });
});
