import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { connectQueueStore, Courier } from '#jobs';
import { createLogger } from '#platform';
import { EnduringClient } from '#store';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

let test: TestDatabase;
let proxy: Server;
/** PostgreSQL, with the proxy in between. */
let url: string;
const through = new Set<Socket>();
/** What becomes of what PostgreSQL sends, or its clients. */
let pass: (bytes: Buffer) => Buffer;

beforeEach(async () => {
  test = await createTestDatabase();
  pass = (bytes) => bytes;
  const target = new URL(test.url);
  const { hostname, port } = target;
  proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      through.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes: Buffer) => {
        const passed = pass(bytes);
        to.write(passed);
        if (passed.subarray(-GOODBYE.length).equals(GOODBYE)) to.end();
      });
      from.on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  target.port = String((proxy.address() as AddressInfo).port);
  url = target.toString();
});
afterEach(async () => {
  for (const socket of through) socket.destroy();
  await new Promise((resolve) => proxy.close(resolve));
  await test.drop();
});

it('fails a statement on a half-open connection and sends the next over a new one', async () => {
  const pool = new pg.Pool({ connectionString: url, Client: EnduringClient, max: 1, statement_timeout: 3_000 });
  pool.on('error', () => undefined);
  // As the store does it: a connection of the pool, and it is given back also after a statement that failed.
  const query = async (sql: string) => {
    const client = await pool.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      client.release();
    }
  };
  expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  pass = () => Buffer.alloc(0);
  await expect(query('SELECT 2')).rejects.toThrow(/Connection terminated/);
  pass = (bytes) => bytes;
  expect(await query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
  await pool.end();
});

/** What PostgreSQL says when it is ready for a first statement, and when it is told to shut down. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
const FIELDS = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';
const GOODBYE = Buffer.concat([
  Buffer.from('E\0\0\0', 'latin1'),
  Buffer.from([FIELDS.length + 4]),
  Buffer.from(FIELDS),
]);

it('ends no process when PostgreSQL shuts down at the moment at which it accepts a connection', async () => {
  let greetings = 0;
  let isShuttingDown = false;
  pass = (bytes) => {
    const isGreeting = bytes.includes('server_version') && bytes.subarray(-READY.length).equals(READY);
    if (!isShuttingDown || !isGreeting) return bytes;
    // Only every other connection ends, so that code that needs one connection before another gets as far as the other.
    return greetings++ % 2 === 0 ? bytes : Buffer.concat([bytes, GOODBYE]);
  };
  const log = createLogger('test', 'silent');
  // BullMQ looks at its tables on a connection that lasts; then it makes another to listen on.
  const courier = new Courier(await connectQueueStore({ databaseUrl: url }), log);
  try {
    // It gives up a store that does not answer in time, and a machine with other work may be that slow.
    await until(() =>
      courier.placeSentinels().then(
        () => true,
        () => false,
      ),
    );
    isShuttingDown = true;
    courier.work(async () => undefined);
    await until(async () => greetings >= 4);
    isShuttingDown = false;
    await until(async () => courier.isIntact().catch(() => false));
  } finally {
    isShuttingDown = false;
    await courier.close();
  }
});
