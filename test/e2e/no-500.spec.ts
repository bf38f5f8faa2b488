import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { pagePathsOf, postRoutesOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { APPS, startApp, type RunningApp } from '../support/every-app.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { aPoorAttender } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
afterAll(() => hub.drop());

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'MKCOL',
  'LOCK',
  'REPORT',
  'M-SEARCH',
  'PURGE',
  'QUERY',
  'NONSENSE',
];

const ADDRESSES = [
  '/',
  '*',
  '//',
  '///evil.example/',
  '/%ff',
  '/%00',
  '/%',
  '/%E0%A4%A',
  '/..%2f..%2fetc/passwd',
  '/../../etc/passwd',
  '/.',
  '/assets/%ff',
  '/assets/%00',
  '/assets/..%2f..%2fpackage.json',
  '/assets/',
  '/api/v1/referrals',
  '/api/v1/referrals/%ff',
  '/api/v1/referrals/%00',
  '/api/v1/referrals/MASH-0000-0000',
  '/api/v1/information-requests',
  '/api/v1/information-requests/%ff',
  '/api/v1/information-requests/%00/answers',
  '/api/v1/information-requests/00000000-0000-0000-0000-000000000000/answers',
  '/api/v1/notify/receipts',
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/%ff',
  '/health/live',
  '/health/ready',
  '/health/%ff',
  '/health',
  '/metrics',
  '/sign-in',
  '/sign-in/callback',
  '/sign-in/callback?state=%ff&code[]=1&state=2',
  '/sign-out',
  '/timed-out',
  '/referrals/%ff',
  '/live',
  '/queue?view=%ff&view[a]=b&__proto__=1',
  `/${'a'.repeat(7_000)}`,
  `/?${'a=b&'.repeat(1_500)}`,
  `/${'a'.repeat(20_000)}`,
  '/%0d%0aSet-Cookie:%20a=b',
  'http://evil.example/queue',
  'http://evil.example/health/live',
  'http:///',
  'http://[/',
  'evil.example:443',
  '?',
  '#',
  '/\u00e9\u00ff',
];

const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { Host: '' },
  { Host: 'a b' },
  { Cookie: 'mash=%00; mash=s%3Ax; =; mash-return=%ff' },
  { Cookie: 'mash=s:aaaa.bbbb' },
  { 'X-Forwarded-For': '::ffff:999.1.1.1, a, %00' },
  { Authorization: 'Bearer \u00ff\u0000' },
  { Accept: '*/*;q=x, \u00ff' },
  { 'Content-Type': 'application/json; charset="' },
  { 'Content-Type': 'application/x-www-form-urlencoded; charset=\u00ff' },
  { Range: 'bytes=9-1,-' },
  { 'If-None-Match': '"' },
  { 'Content-Length': '-1' },
  { 'Content-Length': '0x10' },
  { 'Transfer-Encoding': 'gzip' },
  { 'X-HTTP-Method-Override': 'DELETE' },
  { Upgrade: 'websocket', Connection: 'Upgrade, close' },
  { Expect: '200-ok' },
];

describe.each(APPS)('the %s', (name) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(name, hub.url);
  });
  afterAll(() => app.stop());

  /** Nothing came for some: the parser of HTTP gives up without a word on what is no HTTP. */
  const failing = async (requests: readonly string[]) => {
    const answers = await Promise.all(
      requests.map(async (request) => [request.slice(0, 80), (await sendRaw(app.url, request)).status] as const),
    );
    return answers.filter(([, status]) => status >= 500);
  };
  const allow503 = (name: string) => (name === 'worker' || name === 'watchdog' ? ['/health/ready'] : []);

  it.each(METHODS)('never answers 500 to %s', async (method) => {
    // Signing in needs a provider, and the one of this test is away.
    const away = ['/sign-in', ...allow503(name)];
    const addresses = ADDRESSES.filter((address) => !away.includes(address));
    expect(await failing(addresses.map((address) => head(`${method} ${address}`)))).toEqual([]);
  });

  it('never answers 500 to headers that say nonsense', async () => {
    const addresses = ['/', '/queue', '/api/v1/referrals', '/assets/console.js', '/health/live'];
    const requests = addresses.flatMap((address) =>
      HEADERS.flatMap((headers) => ['GET', 'POST'].map((method) => head(`${method} ${address}`, headers))),
    );
    expect(await failing(requests)).toEqual([]);
  });

  it.each(['/health/live', '/health/ready', '/metrics', '/live', '/openapi.json'])(
    'answers HEAD %s as GET, without its body',
    async (address) => {
      const [get, headOnly] = [
        await sendRaw(app.url, head(`GET ${address}`)),
        await sendRaw(app.url, head(`HEAD ${address}`)),
      ];
      expect(headOnly.status).toBe(get.status);
      expect(headOnly.text.split('\r\n\r\n')[1]).toBe('');
    },
  );
});

describe('the console, to a person who is signed in,', () => {
  let console: RunningConsole;
  beforeAll(async () => {
    console = await RunningConsole.start(hub);
  });
  afterAll(() => console.stop());

  const CONTROLLERS = PAGES.flatMap(
    (page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[],
  );
  const VALUES = [
    '%00',
    '%ff',
    '%',
    '[object',
    '-1',
    '1e400',
    '2026-02-30',
    '00000000-0000-0000-0000-000000000000',
    'a'.repeat(2_000),
    '%F0%9F%98%80',
    "'%22;--",
    'MASH-0000-0000',
    '__proto__',
  ];
  const NAMES = [
    'view',
    'agency',
    'rating',
    'order',
    'after',
    'on',
    'since',
    'alertsSince',
    'q',
    'name',
    'page',
    'from',
    'to',
    'week',
    'group',
    'version',
    'subject',
    'state',
    'code',
    'returnTo',
    'holder',
    'kind',
  ];

  it('X5: never answers 500 to any page with nonsense in its address', async () => {
    const visitor = await console.visitedBy(hub.manager);
    const reference = await hub.submit(aPoorAttender());
    const bad: unknown[] = [];
    for (const path of pagePathsOf(CONTROLLERS)) {
      if (path === '/sign-in' || path === '/live') continue;
      const real = path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'reference' ? reference : 'x'));
      const addresses = [
        ...VALUES.map((value) => path.replaceAll(/:(\w+)/g, value)),
        ...VALUES.map((value) => `${real}?${NAMES.map((name) => `${name}=${value.slice(0, 200)}`).join('&')}`),
        `${real}?${NAMES.map((name) => `${name}=1&${name}=2&${name}[a]=3&${name}[]=4`).join('&')}`,
      ];
      for (const address of new Set(addresses)) {
        const request = head(`GET ${address}`, { Cookie: visitor.cookieHeader });
        const { status } = await sendRaw(console.url, request);
        if (status >= 500) bad.push([address.slice(0, 120), status]);
      }
    }
    expect(bad).toEqual([]);
  });

  it('never answers 500 to any form with nonsense in its address and its fields', async () => {
    const visitor = await console.visitedBy(hub.manager);
    const token = (await visitor.open('/queue')).html.match(/name="_csrf" value="([^"]+)"/)![1]!;
    const fieldsOf = (shape: object | null) => (shape === null ? [] : Object.keys(new (shape as new () => object)()));
    const bad: unknown[] = [];
    for (const { path, shape } of postRoutesOf(CONTROLLERS)) {
      if (['/sign-out', '/preferences/sign-out', '/timed-out'].includes(path)) continue;
      for (const value of VALUES) {
        const address = path.replaceAll(/:(\w+)/g, value);
        const fields = [...fieldsOf(shape), ...NAMES, 'formId', 'seen', 'note', 'reason', 'id'];
        const body =
          new URLSearchParams([['_csrf', token]]).toString() +
          fields.map((name) => `&${name}=${value}&${name}=${value}`).join('');
        const request = head(`POST ${address}`, {
          Cookie: visitor.cookieHeader,
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': String(Buffer.byteLength(body)),
        });
        const { status } = await sendRaw(console.url, request + body);
        if (status >= 500) bad.push([address.slice(0, 120), value.slice(0, 20), status]);
      }
    }
    expect(bad).toEqual([]);
  });
});
