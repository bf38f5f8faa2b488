import { createHub, type Hub } from '../support/hub.ts';
import { sendRaw } from '../support/raw-request.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

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

/** That an answer is a problem with the id of its request, in the body and in the headers alike. */
function expectProblem(answer: { headers: Headers; body: string }, slug: string) {
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  const said = JSON.parse(answer.body) as { type: string; instance: string };
  expect(said.type).toBe(problem(slug));
  expect(said.instance).toMatch(/^urn:request:[0-9a-f-]{36}$/);
  expect(answer.headers.get('X-Request-Id')).toBe(said.instance.replace('urn:request:', ''));
}

const HOST = 'Host: hub\r\nConnection: close\r\n';

describe('an answer to bytes that never become a request', () => {
  it.each([
    ['no HTTP', 'nonsense\r\n\r\n', 400, 'malformed-request'],
    ['a method that is none', `G<T / HTTP/1.1\r\n${HOST}\r\n`, 400, 'malformed-request'],
    ['a header without a colon', `GET / HTTP/1.1\r\n${HOST}what\r\n\r\n`, 400, 'malformed-request'],
    [
      'two lengths',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      400,
      'malformed-request',
    ],
    [
      'a length beside chunks',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'malformed-request',
    ],
    ['no host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
    ['headers without end', `GET / HTTP/1.1\r\n${HOST}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['an address without end', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 431, 'headers-too-large'],
    ['an expectation', `GET / HTTP/1.1\r\n${HOST}Expect: coffee\r\n\r\n`, 417, 'expectation-failed'],
    ['escapes that are none', `GET /api/v1/referrals/%E0%A4%A HTTP/1.1\r\n${HOST}\r\n`, 400, 'malformed-request'],
  ])('to %s is a problem with a request id', async (_, request, status, slug) => {
    const answer = await sendRaw(api.url, request);
    expect(answer.status).toBe(status);
    expectProblem(answer, slug);
  });

  it('I20: to headers that do not end in time is 408', async () => {
    const answer = sendRaw(api.url, `GET / HTTP/1.1\r\n${HOST}`);
    await api.giveUpWaiting();
    expect((await answer).status).toBe(408);
    expectProblem(await answer, 'request-timeout');
  });

  it('to a request of HTTP/1.0, which needs no host, is the one that was asked for', async () => {
    expect((await sendRaw(api.url, 'GET /health/live HTTP/1.0\r\n\r\n')).status).toBe(200);
  });
});

describe('a method that an address does not take', () => {
  it.each([
    ['/api/v1/referrals', ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'], 'POST, GET, HEAD, OPTIONS'],
    ['/api/v1/referrals/MASH-7K3F-9QXT/information', ['GET', 'PUT', 'PATCH', 'DELETE'], 'POST, OPTIONS'],
    ['/api/v1/referrals/MASH-7K3F-9QXT/withdrawal', ['GET', 'DELETE'], 'POST, OPTIONS'],
    ['/api/v1/events', ['POST', 'DELETE'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/code-lists', ['POST'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/code-lists/sexes', ['PUT'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/referrals/validate', ['GET', 'HEAD', 'PUT', 'DELETE'], 'POST, OPTIONS'],
    ['/api/v1/referrals/MASH-7K3F-9QXT', ['POST', 'PUT', 'PATCH', 'DELETE'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/information-requests', ['POST', 'PUT', 'DELETE'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/information-requests/019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30', ['POST', 'DELETE'], 'GET, HEAD, OPTIONS'],
    ['/api/v1/information-requests/019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30/answers', ['GET', 'PUT'], 'POST, OPTIONS'],
    ['/api/v1/notify/receipts', ['GET', 'DELETE'], 'POST, OPTIONS'],
    ['/openapi.json', ['POST', 'DELETE'], 'GET, HEAD, OPTIONS'],
    ['/health/live', ['POST'], 'GET, HEAD, OPTIONS'],
  ])('I19, M16: %s answers 405 to %p, with Allow: %s', async (path, methods, allow) => {
    for (const method of methods) {
      const answer = await sendRaw(api.url, `${method} ${path} HTTP/1.1\r\n${HOST}\r\n`);
      expect([method, answer.status, answer.headers.get('Allow')]).toEqual([method, 405, allow]);
      if (method === 'HEAD') expect(answer.body).toBe('');
      else expectProblem(answer, 'method-not-allowed');
    }
  });

  it.each([
    ['/api/v1/referrals', 'POST, GET, HEAD, OPTIONS'],
    ['/api/v1/referrals/MASH-7K3F-9QXT', 'GET, HEAD, OPTIONS'],
  ])('%s says to OPTIONS what it takes', async (path, allow) => {
    const answer = await sendRaw(api.url, `OPTIONS ${path} HTTP/1.1\r\n${HOST}\r\n`);
    expect([answer.status, answer.headers.get('Allow'), answer.body]).toEqual([204, allow, '']);
  });
});

describe('an address that nothing knows', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'answers 404 to %s',
    async (method) => {
      for (const path of ['/', '/api', '/api/v1/nothing', '/api/v1/referrals/MASH-7K3F-9QXT/more', '//', '/%00', '*']) {
        const answer = await sendRaw(api.url, `${method} ${path} HTTP/1.1\r\n${HOST}\r\n`);
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        if (method !== 'HEAD') expectProblem(answer, 'not-found');
      }
    },
  );
});

describe('what an agency accepts', () => {
  it.each([
    ['application/json', 200],
    ['application/*', 200],
    ['*/*', 200],
    ['text/html, application/json;q=0.1', 200],
    ['application/problem+json', 200],
    ['application/xml', 406],
    ['text/html', 406],
    ['application/json;q=0', 406],
  ])('%s is answered %i', async (accept, status) => {
    const answer = await api.post(token, aRoutineAmber(), { Accept: accept }, '/api/v1/referrals/validate');
    expect(answer.status).toBe(status);
  });

  it('is no reason to store a referral that it does not get the answer to', async () => {
    const before = await hub.storedCount();
    expect((await api.post(token, aRoutineAmber(), { Accept: 'text/html' })).status).toBe(406);
    expect(await hub.storedCount()).toBe(before);
  });
});

describe('the media type of a body', () => {
  it.each([
    ['application/json', 200],
    ['Application/JSON', 200],
    ['application/json;charset=utf8', 200],
    ['application/json; charset=UTF8', 200],
    ['application/json; charset="utf-8"', 200],
    ['application/json ; Charset="Utf8"', 200],
    ['application/json; odata.metadata=minimal; charset=utf-8', 200],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=iso-8859-1', 415],
    ['application/json; charset=utf-8x', 415],
    ['application/jsonx', 415],
    ['application/xml', 415],
    ['json', 415],
  ])('I6: when it is %s is answered %i', async (type, status) => {
    const headers = { 'Content-Type': type };
    const answer = await api.post(token, aRoutineAmber(), headers, '/api/v1/referrals/validate');
    expect(answer.status).toBe(status);
  });
});

describe('the credential', () => {
  const post = (authorization: string) =>
    sendRaw(api.url, `POST /api/v1/referrals HTTP/1.1\r\n${HOST}${authorization}Content-Length: 0\r\n\r\n`);

  it.each([
    ['is not sent', ''],
    ['is empty', 'Authorization: \r\n'],
    ['is of another scheme', 'Authorization: Basic bWFzaDptYXNo\r\n'],
    ['is a scheme alone', 'Authorization: Bearer\r\n'],
  ])('K1: that %s is missing', async (_, header) => {
    const answer = await post(header);
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer realm="mash"']);
    expectProblem(answer, 'credential-missing');
  });

  it.each([
    ['nobody has', 'Authorization: Bearer mash_unknown\r\n'],
    ['has a space within', 'Authorization: Bearer mash_un known\r\n'],
    ['is too long', `Authorization: bearer ${'x'.repeat(300)}\r\n`],
  ])('K1: that %s is unknown to the hub', async (_, header) => {
    const answer = await post(header);
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer realm="mash", error="invalid_token"');
    expectProblem(answer, 'credential-unknown');
  });
});
