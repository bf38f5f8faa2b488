import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { limitRequestsBut, mayGoOn } from './limit-requests.ts';

let server: Server;
let client: Socket;
let request: IncomingMessage;
beforeEach(async () => {
  // Only the clock of the limit stands still; the network does not.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setInterval'] });
  server = createServer();
  limitRequestsBut(server, 600_000);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: hub.example.org\r\nContent-Length: 10\r\n\r\n12');
  [request] = (await once(server, 'request')) as [IncomingMessage];
  await once(request, 'readable');
});
afterEach(() => {
  jest.useRealTimers();
  client.destroy();
  server.close();
});

it('a request that is not whole after half a minute is answered 408, and its connection ends', async () => {
  jest.advanceTimersByTime(30_000);
  const [answer] = (await once(client, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
  await once(client, 'close');
});

it('a request that may go on has half a minute more at each piece', async () => {
  for (let piece = 0; piece < 5; piece += 1) {
    jest.advanceTimersByTime(28_000);
    mayGoOn(request);
  }
  expect(client.destroyed).toBe(false);
  jest.advanceTimersByTime(30_000);
  const [answer] = (await once(client, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
});

it('a request that is whole takes as long to answer as it takes', async () => {
  client.write('34567890');
  request.resume();
  await once(request, 'end');
  jest.advanceTimersByTime(60_000);
  expect(request.socket.destroyed).toBe(false);
  expect(request.socket.writable).toBe(true);
});
