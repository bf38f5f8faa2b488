import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { PROBLEMS } from '../../apps/api/src/problems/problem-table.ts';
import { wayTo } from '../support/half-open.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { ownPort } from '../support/own-port.ts';
import { sendRaw } from '../support/raw-request.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  const port = await ownPort();
  api = await RunningApi.start(
    hub.url,
    { databaseUrl: hub.url },
    { API_PORT: port, API_URL: `http://127.0.0.1:${port}` },
  );
});
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const slugs = Object.keys(PROBLEMS).sort();
const textOf = (slug: string) => readFileSync(`partners/problems/${slug}.md`, 'utf8');
const page = async (path: string, accept = 'text/html') => {
  const answer = await fetch(`${api.url}${path}`, { headers: { Accept: accept } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const words = (text: string) => text.split(/\s+/).filter(Boolean);

it.each(slugs)('the page of %s says what the kit for partners says, word for word', async (slug) => {
  const { status, text } = await page(`/problems/${slug}`);
  expect(status).toBe(200);
  const $ = load(text);
  expect($('html').attr('lang')).toBe('en-GB');
  expect($('title').text()).toContain(PROBLEMS[slug]!.title);
  expect($('h1').text()).toBe(PROBLEMS[slug]!.title);
  expect(JSON.parse($('pre').text())).toMatchObject({
    type: $('p code').first().text(),
    status: PROBLEMS[slug]!.status,
  });
  $('main > p').last().remove();
  const apart = $('main > *, li')
    .toArray()
    .flatMap((one) => (one.name === 'ul' ? [] : words($(one).text())));
  const unmarked = textOf(slug).replaceAll(/^(?:#+|-) |^```(?:json)?$|\*\*|`/gm, '');
  expect(apart).toEqual(words(unmarked));
});

it('the list of problems leads to the page of each kind, and to no other', async () => {
  const { text } = await page('/problems');
  const $ = load(text);
  const links = $('td a').toArray();
  expect(links.map((link) => $(link).text()).sort()).toEqual(slugs);
  expect(readdirSync('partners/problems').toSorted()).toEqual(
    ['README.md', ...slugs.map((slug) => `${slug}.md`)].sort(),
  );
  for (const link of links) expect((await fetch($(link).attr('href')!)).status).toBe(200);
});

it('a developer opens the page of a problem from its answer, by the api or from outside of it', async () => {
  const helps: string[] = [];
  const refused = await api.post(hub.agency.token, { ...(aBruisedBaby() as object), children: [] });
  const unknown = await fetch(`${api.url}/nowhere`);
  const raw = await sendRaw(api.url, 'nonsense\r\n\r\n');
  for (const body of [refused.body, await unknown.json(), JSON.parse(raw.body) as object])
    helps.push((body as { help: string }).help);
  const opened = await Promise.all(helps.map(async (help) => load(await (await fetch(help)).text())('h1').text()));
  expect(opened).toEqual(['invalid-referral', 'not-found', 'malformed-request'].map((slug) => PROBLEMS[slug]!.title));
});

it('a page of problems is Markdown for a program that asks for it, and a browser may do nothing with it but show it', async () => {
  const asked = await page('/problems/not-found', 'text/markdown');
  expect(asked.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8');
  expect(asked.text).toBe(textOf('not-found'));
  for (const path of ['/problems/not-found', '/problems']) {
    const { headers } = await page(path, 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none';style-src 'sha256-[\w+/=]+';/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cache-Control')).toBe('no-store');
  }
});

it.each(['README', 'not-found.md', '..%2F..%2Fpackage.json', '__proto__', 'constructor'])(
  'there is no page of the problem %s, which is none',
  async (name) => {
    const { status, text } = await page(`/problems/${name}`);
    expect([status, (JSON.parse(text) as { type: string }).type]).toEqual([404, 'urn:mash-triage:problem:not-found']);
  },
);

it('a page of problems is there while the database answers nothing', async () => {
  const way = await wayTo(hub.url);
  const alone = await RunningApi.start(way.url);
  way.halfOpen();
  try {
    const answer = await fetch(`${alone.url}/problems/unavailable`);
    expect([answer.status, load(await answer.text())('h1').text()]).toEqual([200, PROBLEMS.unavailable.title]);
  } finally {
    way.open();
    await alone.stop();
    await way.close();
  }
});
