import pg from 'pg';
import type { DueJob } from './peer.ts';
import { PEERS } from './peers.ts';
import { INSERT_ALERT } from './peer-tables.ts';

/** Connections for the inserts, beside those that the peer itself has. */
const POOL = 12;

/** Process of its own: one worker of the peer that is named. Each job is one insert in a transaction of its own. */
const [name, databaseUrl, redisUrl] = process.argv.slice(2) as [string, string, string];
const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL });
const fire = async ({ id, dueAt }: DueJob) => {
  await pool.query({ name: 'fire', text: INSERT_ALERT, values: [id, new Date(dueAt)] });
};
await PEERS.find((peer) => peer.name === name)!.work({ databaseUrl, redisUrl }, fire);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
process.send?.('started');
