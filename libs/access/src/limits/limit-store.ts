import { createHmac, hkdfSync } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { loadPackage, Settings } from '#platform';
import { createPool, type Pool } from '#store';
import { CountsByLibrary, type Counts, type LimitPolicy } from './counts.ts';
import { CountsOnPostgres } from './counts-on-postgres.ts';

/** For so long a store that did not answer is not asked again. */
const LEFT_ALONE_MS = 1_000;

/** Where the processes of the service count together: Redis where there is one, PostgreSQL otherwise. */
@Injectable()
export class LimitStore implements OnModuleInit, OnApplicationShutdown {
  private readonly pool: Pool | null;
  private readonly redis: Redis | null;
  private readonly key: Buffer;
  private awayUntil = 0;

  constructor({ DATABASE_URL, REDIS_URL }: Settings) {
    this.key = Buffer.from(hkdfSync('sha256', DATABASE_URL, '', 'addresses', 32));
    if (REDIS_URL === undefined) {
      this.redis = null;
      this.pool = createPool({ url: DATABASE_URL, size: 2, app: 'mash-limits' });
    } else {
      this.pool = null;
      const { Redis } = loadPackage('ioredis') as typeof import('ioredis');
      this.redis = new Redis(REDIS_URL, {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        connectTimeout: 1_000,
        retryStrategy: (tried) => Math.min(tried * 100, LEFT_ALONE_MS),
      });
      this.redis.on('error', () => undefined);
    }
  }

  /** The first requests find connections that are open. A store that is away keeps no app from starting. */
  async onModuleInit(): Promise<void> {
    await Promise.allSettled(this.pool === null ? [] : [1, 2].map(() => this.pool!.query('SELECT 1')));
  }

  counts(policy: LimitPolicy): Counts {
    if (this.pool !== null) return new CountsOnPostgres(this.pool, policy);
    const { name, points, seconds } = policy;
    return new CountsByLibrary(
      new RateLimiterRedis({
        keyPrefix: `mash-limit:${name}`,
        points,
        duration: seconds,
        // Once a caller is over the limit, this process says so by itself: a flood of refusals asks no store.
        inMemoryBlockOnConsumed: points + 1,
        storeClient: this.redis,
        rejectIfRedisNotReady: true,
      }),
    );
  }

  /** Whether it answered when it was asked last. */
  get isThere(): boolean {
    return performance.now() >= this.awayUntil;
  }

  /** It did not answer. */
  isAway(): void {
    this.awayUntil = performance.now() + LEFT_ALONE_MS;
  }

  /** What an address is counted under: a hash that says nothing of it. Of IPv6 a caller has a whole network. */
  keyOf(address: string | undefined): string {
    const counted = isIPv6(address ?? '') && !address!.startsWith('::ffff:') ? networkOf(address!) : (address ?? '');
    return createHmac('sha256', this.key).update(counted).digest('base64url').slice(0, 22);
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
    await this.pool?.end();
  }
}

/** The first 64 bits. */
function networkOf(address: string): string {
  const [before = '', after] = address.split('::');
  const groups = before.split(':').filter((group) => group !== '');
  const filled = after === undefined ? groups : [...groups, ...Array<string>(4).fill('0')];
  return filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
