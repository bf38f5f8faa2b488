import type { FreshDatabase } from '../fresh-database.ts';
import { print } from '../in-words.ts';
import { PEERS } from '../peers/peers.ts';
import { startRedis, type OwnRedis } from '../../scripts/stand-ins/redis-server.ts';
import { benchOurs, type OurRun } from './ours.ts';
import { benchPeer } from './peers.ts';
import { BURST, ISOLATED, ISOLATED_PEERS } from './schedule.ts';

/** The lateness of our deadlines, and beside it that of others who do something at an instant. */
export async function benchLateness(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const redis = await startRedis(true);
  if (redis === null) print('There is no redis-server: the burst with the queue store stopped and BullMQ are left out');
  const ours = { schedule: BURST, rating: 'amber', workers: 2, redis, killRedis: false } as const;
  await measured(fresh, 'ours_burst', (on) => benchOurs(on, ours));
  await measured(fresh, 'ours_isolated', (on) => benchOurs(on, { ...ours, schedule: ISOLATED }));
  for (const peer of PEERS) {
    if (peer.needsRedis && redis === null) continue;
    print(`${peer.name} ${peer.version}: ${peer.settings}`);
    const name = peer.name.toLowerCase().replaceAll('-', '_');
    const redisUrl = redis?.url ?? '';
    await measured(fresh, `${name}_burst`, (on) => benchPeer(peer, on, redisUrl, BURST));
    await measured(fresh, `${name}_isolated`, (on) => benchPeer(peer, on, redisUrl, ISOLATED_PEERS));
  }
  // Last, since it ends this Redis.
  if (redis !== null) await measured(fresh, 'ours_stopped', (on) => benchOurs(on, withoutStore(ours, redis)));
}

const withoutStore = (ours: OurRun, redis: OwnRedis): OurRun => ({ ...ours, redis, killRedis: true });

/** On a database of its own, so that no peer pays for the rows of another. */
async function measured(
  fresh: (name: string) => Promise<FreshDatabase>,
  name: string,
  bench: (on: FreshDatabase) => Promise<string>,
): Promise<void> {
  const on = await fresh(name);
  try {
    print(await bench(on));
  } finally {
    await on.close();
  }
}
