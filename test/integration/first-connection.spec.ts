import { connect, createServer, type AddressInfo } from 'node:net';
import { openDataSource } from '#store';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let test: TestDatabase;
beforeAll(async () => void (test = await createTestDatabase()));
afterAll(() => test.drop());

it('a process that starts asks again for a first connection that was not answered in time', async () => {
  const target = new URL(test.url);
  const { hostname, port } = target;
  let connections = 0;
  const server = createServer((near) => {
    near.on('error', () => undefined);
    connections += 1;
    if (connections === 1) return void near.resume();
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  target.port = String((server.address() as AddressInfo).port);
  const source = await openDataSource({ url: target.href, pool: 1, app: 'test' });
  expect([await source.query('SELECT 1 AS one'), connections]).toEqual([[{ one: 1 }], 2]);
  await source.destroy();
  await new Promise((resolve) => server.close(resolve));
});

it('a process that starts ends at once when the server refuses it', async () => {
  const url = new URL(test.url);
  url.pathname = '/not-there';
  await expect(openDataSource({ url: url.href, pool: 1, app: 'test' })).rejects.toThrow(/does not exist/);
});
