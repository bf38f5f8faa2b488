import { APPS, startApp, type AppName } from '../support/every-app.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { RunningConsole } from '../support/running-console.ts';

const CONSOLE_URL = 'https://console.hub.example.org';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const JSON_TYPE = { 'Content-Type': 'application/json', 'Content-Length': '1' };
/** One request of each kind of answer: with the status that shows that it is that kind. */
const KINDS: Readonly<Record<AppName, readonly (readonly [status: number, request: string])[]>> = {
  api: [
    [200, head('GET /health/live')],
    [200, head('GET /openapi.json')],
    [200, head('GET /docs')],
    [200, head('GET /docs/swagger-ui.css')],
    [200, head('GET /problems/not-found')],
    [401, head('GET /api/v1/referrals')],
    [401, `${head('POST /api/v1/referrals', JSON_TYPE)}{`],
    [400, `${head('POST /oauth2/token', JSON_TYPE)}{`],
    [404, head('GET /nothing-here')],
    [405, head('TRACE /api/v1/referrals')],
    [400, head('GET /api/v1/referrals/%E0%A4%A')],
    [400, 'nonsense\r\n\r\n'],
    [417, head('GET /', { Expect: 'coffee' })],
    [431, head(`GET /${'x'.repeat(20_000)}`)],
  ],
  console: [
    [200, head('GET /health/live')],
    [200, head('GET /help')],
    [200, head('GET /assets/console.js')],
    [200, head('GET /assets/govuk-frontend.min.js')],
    [303, head('GET /queue')],
    [403, head('POST /consultations/new', { 'Content-Length': '0', 'Sec-Fetch-Site': 'cross-site' })],
    [404, head('GET /nothing-here')],
    [404, head('GET /assets/nothing-here')],
    [404, head('GET /%ff')],
    [400, `${head('POST /content-reports', { ...JSON_TYPE, 'Content-Type': 'application/csp-report' })}{`],
    [503, head('GET /sign-in')],
  ],
  worker: [
    [200, head('GET /health/live')],
    [404, head('GET /nothing-here')],
  ],
  watchdog: [
    [200, head('GET /health/live')],
    [200, head('GET /metrics')],
    [404, head('GET /nothing-here')],
  ],
};

it.each(APPS)('every kind of answer of the %s tells the browser to guess no type', async (name) => {
  const app = await startApp(name, hub.url);
  try {
    const guessed: unknown[] = [];
    for (const [status, request] of KINDS[name]) {
      const answer = await sendRaw(app.url, request);
      const says = answer.headers.get('X-Content-Type-Options');
      if (answer.status !== status || says !== 'nosniff')
        guessed.push([request.split('\r\n', 1)[0], answer.status, says]);
    }
    expect(guessed).toEqual([]);
  } finally {
    await app.stop();
  }
});

it('a console whose address begins with https asks for TLS for a year, its subdomains too, with every kind of answer', async () => {
  const console = await RunningConsole.start(hub, async () => [], { CONSOLE_URL });
  try {
    const without: unknown[] = [];
    for (const [, request] of KINDS.console) {
      const answer = await sendRaw(console.url, request);
      const says = answer.headers.get('Strict-Transport-Security');
      if (says !== 'max-age=31536000; includeSubDomains')
        without.push([request.split('\r\n', 1)[0], answer.status, says]);
    }
    expect(without).toEqual([]);
  } finally {
    await console.stop();
  }
});

it('a console whose address begins with http asks for no TLS, which its browsers could not have', async () => {
  const console = await RunningConsole.start(hub);
  try {
    const { status, headers } = await sendRaw(console.url, head('GET /help'));
    expect([status, headers.get('Strict-Transport-Security')]).toEqual([200, null]);
  } finally {
    await console.stop();
  }
});
