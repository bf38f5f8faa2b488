import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { EnduringClient } from '#store';
import { createTestDatabase } from '../support/test-database.ts';

it('a statement on a half-open connection fails, and the next goes over a new one', async () => {
  const test = await createTestDatabase();
  const through = new Set<Socket>();
  let isDeaf = false;
  const target = new URL(test.url);
  const { hostname, port } = target;
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      through.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => isDeaf || to.write(bytes));
      from.on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  target.port = String((proxy.address() as AddressInfo).port);
  const pool = new pg.Pool({
    connectionString: target.toString(),
    Client: EnduringClient,
    max: 1,
    statement_timeout: 1_000,
  });
  pool.on('error', () => undefined);
  // As the store does it: a connection of the pool, and it is given back whatever became of the statement.
  const query = async (sql: string) => {
    const client = await pool.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      client.release();
    }
  };
  try {
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    isDeaf = true;
    await expect(query('SELECT 2')).rejects.toThrow(/Connection terminated/);
    isDeaf = false;
    expect(await query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
  } finally {
    await pool.end();
    for (const socket of through) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
    await test.drop();
  }
});
