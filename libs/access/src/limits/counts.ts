import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';

/** So many requests within so many seconds. */
export interface LimitPolicy {
  /** Such as `submissions`; callers are told it. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** What is counted of a caller: requests within the time, these included, and milliseconds until it begins anew. */
export interface Counted {
  readonly requests: number;
  readonly ms: number;
}

/** Counts requests of callers. */
export interface Counts {
  /** @param requests how many came of each caller */
  count(requests: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Counted>>;
}

/** Counts each caller by the library. */
export class CountsByLibrary implements Counts {
  constructor(private readonly limiter: RateLimiterAbstract) {}

  async count(requests: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Counted>> {
    const counted = [...requests].map(async ([caller, count]) => [caller, await this.ofOne(caller, count)] as const);
    return new Map(await Promise.all(counted));
  }

  /** The library rejects with how a caller stands who is over the limit, and says 0 of one whom it remembers as that. */
  private async ofOne(caller: string, count: number): Promise<Counted> {
    const found = await this.limiter.consume(caller, count).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error;
      throw error;
    });
    return { requests: found.consumedPoints === 0 ? Infinity : found.consumedPoints, ms: found.msBeforeNext };
  }
}
