/** A job that is due at an instant. */
export interface DueJob {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

export interface Place {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** Another way to have something done at an instant, with the settings that its documents give for throughput. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** In words, for the print. */
  readonly settings: string;
  readonly needsRedis: boolean;
  /** Makes what it keeps its jobs in, and puts these there. */
  schedule(place: Place, jobs: readonly DueJob[]): Promise<void>;
  /** Works from now on. @param fire does one job */
  work(place: Place, fire: (job: DueJob) => Promise<void>): Promise<unknown>;
}

/** As many jobs as are handed to a peer in one call. */
export const AT_A_TIME = 1_000;

export function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += AT_A_TIME) yield all.slice(from, from + AT_A_TIME);
}
