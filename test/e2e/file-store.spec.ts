import type { ApiSettings } from '#platform';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { S3Server } from '../support/s3-server.ts';
import { aPdf, sha256Of } from '../support/sample-files.ts';
import { attachmentsOf } from '../support/verbs/attachments.ts';

let hub: Hub;
let store: S3Server;
let api: RunningApi;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  store = await S3Server.start();
  const settings = store.settings as Partial<ApiSettings>;
  api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, settings);
  console = await RunningConsole.start(hub, async () => [], store.settings);
});
beforeEach(async () => {
  await hub.reset();
  store.reset();
});
afterAll(async () => {
  await api.stop();
  await console.stop();
  await store.stop();
  await hub.drop();
});

const files = () => attachmentsOf(hub.whole, hub.database);

it('a store of files that is away is told to programs with 503 and when to ask again, and no referral is refused', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const at = `/api/v1/referrals/${reference}/attachments`;
  const bytes = aPdf();
  const said = {
    name: 'a.pdf',
    mediaType: 'application/pdf',
    size: bytes.length,
    sha256: sha256Of(bytes),
    saidBy: 'B',
  };
  const { body } = await api.post(hub.agency.token, said, {}, at);
  const { id } = body as { id: string };
  const send = () =>
    api.send('PUT', `${at}/${id}/parts/1`, {
      headers: { Authorization: `Bearer ${hub.agency.token}`, 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
  store.manner = 'busy';
  const away = await send();
  expect([away.status, away.headers.get('Retry-After')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect((await api.post(hub.agency.token, aRoutineAmber())).status).toBe(201);
  expect((await api.send('GET', '/health/ready', {})).status).toBe(200);
  store.manner = 'answers';
  expect((await send()).status).toBe(204);
  store.manner = 'busy';
  expect((await api.post(hub.agency.token, {}, {}, `${at}/${id}/completion`)).status).toBe(503);
  store.manner = 'answers';
  expect((await api.post(hub.agency.token, {}, {}, `${at}/${id}/completion`)).status).toBe(200);
});

it('a store of files that is away leaves what a person wrote in the form that says so, and the page of the service tells', async () => {
  const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
  const path = `/own-referrals/${await hub.submit(aRoutineAmber(), agencyId)}`;
  const teacher = await console.visitedBy(partner, path);
  const form = teacher.page;
  const answers = { 'What does the file show? (optional)': 'Her bruises on Monday.' };
  const file = { name: 'a.pdf', bytes: aPdf(3_000_000) };
  store.manner = 'busy';
  const away = await teacher.pressWithFile('Add the file', file, answers, form);
  expect(away.status).toBe(503);
  expect(away.errors()).toEqual([expect.stringContaining('Select the file again in a few minutes')]);
  expect(away.field('What does the file show? (optional)').value).toBe('Her bruises on Monday.');
  expect(await files().states()).toEqual([]);
  const worker = await console.visitedBy(hub.socialWorker, '/service');
  expect(worker.page.fact('The store of files')).toContain('Does not answer. Files cannot be added');
  expect((await worker.get('/health/ready')).status).toBe(200);
  store.manner = 'answers';
  expect((await teacher.pressWithFile('Add the file', file, answers, form)).notices()).toEqual([
    'The hub has your file.',
  ]);
  expect((await worker.open('/service')).fact('The store of files')).toBe('Answers');
});
