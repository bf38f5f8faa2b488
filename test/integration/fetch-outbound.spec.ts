import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { isPublicAddress, OutboundRules, FetchOutbound } from '#platform';
import { leadsTo, OUTSIDE, OutsideServer } from '../support/outside-server.ts';

let outside: OutsideServer;
beforeEach(async () => void (outside = await OutsideServer.start()));
afterEach(() => outside.stop());

const AT = `https://${OUTSIDE}/jwks`;
const get = (change: Partial<OutboundRules> = {}) =>
  outside.fetch(change).get(AT, { accept: 'application/json', most: 1_000 });
const fault = (code: string) => expect.objectContaining({ name: 'OutboundFault', code }) as unknown;

it('an answer of 200 is fetched by its name, with its certificate looked at', async () => {
  let host: string | undefined;
  outside.answer = (request, response) => {
    host = request.headers.host;
    response.end('{"keys":[]}');
  };
  expect((await get()).toString()).toBe('{"keys":[]}');
  expect(host).toMatch(OUTSIDE);
  await expect(get({ trusted: undefined })).rejects.toEqual(fault('no-connection'));
  const another = outside.fetch().get('https://other.example.org/', { accept: '*/*', most: 1_000 });
  await expect(another).rejects.toEqual(fault('no-connection'));
});

it('W2: a name that leads to a public address when it is looked up, and to this machine when we connect, is not asked', async () => {
  const addressesOf = leadsTo('93.184.215.14', '127.0.0.1');
  const seen: string[] = [];
  const isAllowed = (address: string) => (seen.push(address), isPublicAddress(address));
  // Looked up beforehand, as a check that does not hold for the connection would do it.
  addressesOf(OUTSIDE, () => undefined);
  await expect(get({ addressesOf, isAllowed })).rejects.toEqual(fault('inside-a-network'));
  expect([seen, outside.asked]).toEqual([['127.0.0.1'], 0]);
});

it('W2: a name that leads to a public address and to a private one is not asked', async () => {
  const addressesOf: OutboundRules['addressesOf'] = (_, done) =>
    done(null, [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
  const isAllowed = (address: string) => isPublicAddress(address);
  await expect(get({ addressesOf, isAllowed })).rejects.toEqual(fault('inside-a-network'));
});

it('W2: the service asks nothing of this machine, whatever the name', async () => {
  const rules = Object.assign(new OutboundRules(), { addressesOf: leadsTo('127.0.0.1'), port: outside.port });
  const asking = new FetchOutbound(rules).get(AT, { accept: '*/*', most: 1_000 });
  await expect(asking).rejects.toEqual(fault('inside-a-network'));
  expect(outside.asked).toBe(0);
});

it.each([301, 302, 303, 307, 308])('W3: a redirect of %d is not followed', async (status) => {
  outside.answer = (_, response) => void response.writeHead(status, { Location: `${AT}?again` }).end();
  await expect(get()).rejects.toEqual(fault('sends-elsewhere'));
  expect(outside.asked).toBe(1);
});

it.each([204, 404, 500])('an answer of %d is none', async (status) => {
  outside.answer = (_, response) => void response.writeHead(status).end();
  await expect(get()).rejects.toEqual(fault('other-status'));
});

it('W4: a server that takes the connection and never answers is left after the time', async () => {
  outside.answer = () => undefined;
  await expect(get()).rejects.toEqual(fault('too-slow'));
});

it('W4: a server that sends a byte now and then is left after the time', async () => {
  outside.answer = (_, response) => {
    const slowly = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(slowly));
  };
  await expect(get({ totalMs: 300 })).rejects.toEqual(fault('too-slow'));
});

it('W4: a server that sends without end is left at the limit', async () => {
  let sent = 0;
  outside.answer = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000)) && sent < 1e9) sent += 1_000;
    };
    response.on('drain', more);
    more();
  };
  await expect(get()).rejects.toEqual(fault('too-much'));
  expect(sent).toBeLessThan(50_000_000);
});

it('W4: headers without end are refused', async () => {
  outside.answer = (_, response) => void response.writeHead(200, { 'X-Long': 'x'.repeat(20_000) }).end('{}');
  await expect(get()).rejects.toEqual(fault('no-connection'));
});

it('W4: a port that takes the connection and never begins TLS is left after the shorter time', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  await expect(get({ port, connectMs: 200, totalMs: 60_000 })).rejects.toEqual(fault('too-slow'));
  for (const socket of sockets) socket.destroy();
  mute.close();
});

it('an answer that is compressed is refused, so that a short one cannot become a long one', async () => {
  outside.answer = (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x');
  await expect(get()).rejects.toEqual(fault('packed'));
});

it('a port that nothing listens on, and a name that leads nowhere, are faults', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  await expect(get({ port })).rejects.toEqual(fault('no-connection'));
  const addressesOf: OutboundRules['addressesOf'] = (_, done) =>
    done(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
  await expect(get({ addressesOf })).rejects.toEqual(fault('not-found'));
});

describe('what is posted', () => {
  const post = (change: Partial<OutboundRules> = {}) =>
    outside.fetch(change).post(AT, { headers: { 'Content-Type': 'application/json', 'X-Id': '7' }, body: '{"é":1}' });

  it('comes with its headers and its body, and the status counts', async () => {
    const got: unknown[] = [];
    outside.answer = (request, response) => {
      request
        .setEncoding('utf8')
        .on('data', (text: string) =>
          got.push(request.method, request.headers['x-id'], request.headers['user-agent'], text),
        );
      request.on('end', () => response.writeHead(503, { 'Retry-After': '7' }).end('no'));
    };
    expect(await post()).toEqual({ status: 503, retryAfter: '7' });
    expect(got).toEqual(['POST', '7', 'mash-triage', '{"é":1}']);
  });

  it('W3: is not posted again to where a redirect leads', async () => {
    outside.answer = (_, response) => void response.writeHead(308, { Location: AT }).end();
    await expect(post()).rejects.toEqual(fault('sends-elsewhere'));
    expect(outside.asked).toBe(1);
  });

  it('W4: has arrived with its status, also where the body of the answer never ends', async () => {
    outside.answer = (_, response) => void response.writeHead(200).write('x'.repeat(100));
    expect(await post({ totalMs: 300 })).toEqual({ status: 200, retryAfter: null });
    outside.answer = () => undefined;
    await expect(post({ totalMs: 300 })).rejects.toEqual(fault('too-slow'));
  });

  it('W2: goes to no address inside a network', async () => {
    const isAllowed = (address: string) => isPublicAddress(address);
    await expect(post({ isAllowed })).rejects.toEqual(fault('inside-a-network'));
    expect(outside.asked).toBe(0);
  });
});

it('W2: a name that leads nowhere is a fault of the one who gave it, and stops no process', async () => {
  const asking = new FetchOutbound().get('https://nowhere.invalid/jwks', { accept: '*/*', most: 1_000 });
  await expect(asking).rejects.toEqual(expect.objectContaining({ name: 'OutboundFault' }));
});

it('W4: a receiver that would speak another protocol is refused, and holds up nothing', async () => {
  outside.answer = (request) => {
    request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  };
  await expect(get()).rejects.toEqual(fault('other-status'));
});
