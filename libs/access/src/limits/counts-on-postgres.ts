import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Pool } from '#store';
import type { Counted, Counts, LimitPolicy } from './counts.ts';

const COUNT = `
  INSERT INTO public.rate_limit AS kept (key, points, expire)
  SELECT key, points, $3::bigint + $4::bigint FROM unnest($1::text[], $2::integer[]) asked (key, points) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    points = excluded.points + CASE WHEN kept.expire > $3 THEN kept.points ELSE 0 END,
    expire = CASE WHEN kept.expire > $3 THEN kept.expire ELSE excluded.expire END
  RETURNING key, points, expire`;

/**
 * Counts several callers in one statement, where the library has a statement for each. The table, its keys and what they
 * mean are the library's, and so is the clearing of old rows.
 */
export class CountsOnPostgres extends RateLimiterPostgres implements Counts {
  private readonly prefix: string;
  private readonly ms: number;

  constructor(
    private readonly pool: Pool,
    { name, points, seconds }: LimitPolicy,
  ) {
    const keyPrefix = `mash-limit:${name}`;
    super({ keyPrefix, points, duration: seconds, storeClient: pool, tableName: 'rate_limit', tableCreated: true });
    this.prefix = `${keyPrefix}:`;
    this.ms = seconds * 1_000;
  }

  async count(requests: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Counted>> {
    const now = Date.now();
    const keys = [...requests.keys()].map((caller) => this.prefix + caller);
    const { rows } = await this.pool.query<{ key: string; points: number; expire: string }>({
      name: 'mash-limits',
      text: COUNT,
      values: [keys, [...requests.values()], now, this.ms],
    });
    return new Map(
      rows.map(({ key, points, expire }) => [
        key.slice(this.prefix.length),
        { requests: points, ms: Math.max(0, Number(expire) - now) },
      ]),
    );
  }
}
