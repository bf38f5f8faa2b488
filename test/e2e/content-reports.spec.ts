import { SERVICE, sql } from '#store';
import { ContentRefusals } from '#watchdog';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const PAGE = 'http://127.0.0.1/referrals/MASH-7K3F-9QXT/rating';
const reportOf = (blockedURL: string) => [
  { type: 'csp-violation', body: { effectiveDirective: 'script-src-elem', blockedURL, documentURL: PAGE } },
];
const sends = (body: string, type = 'application/reports+json') =>
  fetch(`${console.url}/content-reports`, { method: 'POST', body, headers: { 'Content-Type': type } });
const written = async () => {
  await console.uses(ContentRefusals).write();
  return hub.database
    .as(SERVICE)
    .rows<{ blocked: string; page: string; count: number }>(
      sql`SELECT blocked, page, count FROM content_refusal ORDER BY blocked`,
    );
};

it('what a browser refuses is counted by page, without its reference, and shown to who looks after the service', async () => {
  for (let times = 0; times < 3; times += 1) {
    expect((await sends(JSON.stringify(reportOf('inline')))).status).toBe(204);
  }
  expect(await written()).toEqual([{ blocked: 'inline', page: '/referrals/…/rating', count: 3 }]);
  await sends(JSON.stringify(reportOf('inline')));
  expect(await written()).toEqual([{ blocked: 'inline', page: '/referrals/…/rating', count: 4 }]);
  const { page } = await console.visitedBy(hub.manager, '/service');
  expect(page.text).toContain('/referrals/…/rating script-src-elem inline 4');
});

it('a flood of different reports makes few counts, and none that names what was sent', async () => {
  for (let n = 0; n < 120; n += 1) await sends(JSON.stringify(reportOf(`https://evil-${n}.example/Mia`)));
  const rows = await written();
  expect(rows.length).toBeLessThanOrEqual(51);
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(120);
  expect(JSON.stringify(rows)).not.toContain('Mia');
});

it('what a browser refused is kept for 30 days, and goes with the next that is counted', async () => {
  await sends(JSON.stringify(reportOf('inline')));
  await written();
  await hub.moveBy({ hours: 30 * 24 });
  await sends(JSON.stringify(reportOf('eval')));
  expect((await written()).map(({ blocked }) => blocked)).toEqual(['eval', 'inline']);
  await hub.moveBy({ hours: 24 });
  await sends(JSON.stringify(reportOf('data')));
  expect((await written()).map(({ blocked }) => blocked)).toEqual(['data', 'eval']);
});

it.each([
  ['no JSON', '{', 400],
  ['more than a report', JSON.stringify({ x: 'x'.repeat(20_000) }), 413],
  ['no report', '{}', 204],
])('%s is answered, and counts nothing', async (_, body, status) => {
  expect((await sends(body)).status).toBe(status);
  expect(await written()).toEqual([]);
});

it('a report needs no session, and a page makes the browser send it', async () => {
  const { page } = await console.visitedBy(hub.screener);
  expect(page.headers.get('Content-Security-Policy')).toContain('report-uri /content-reports');
  expect(page.headers.get('Reporting-Endpoints')).toBe('content="/content-reports"');
});
