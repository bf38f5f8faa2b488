/** Every connection that requests may use is in use, and none came free in time. */
export class NoConnectionFree extends Error {
  constructor() {
    super('no connection came free in time');
    this.name = 'NoConnectionFree';
  }
}

/** Lets so many in at the same time; the others wait in their order. */
export class Places {
  private readonly waiting = new Set<() => void>();
  private taken = 0;

  /**
   * @param places how many are in at the same time
   * @param waitMs milliseconds that one waits at the most
   * @param mostWaiting how many wait at the most
   */
  constructor(
    private readonly places: number,
    private readonly waitMs: number,
    private readonly mostWaiting: number,
  ) {}

  get isEmpty(): boolean {
    return this.taken === 0;
  }

  /** @throws NoConnectionFree */
  async take(): Promise<void> {
    if (this.taken < this.places) return void this.taken++;
    if (this.waiting.size >= this.mostWaiting) throw new NoConnectionFree();
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(next);
        reject(new NoConnectionFree());
      }, this.waitMs);
      const next = () => {
        clearTimeout(late);
        resolve();
      };
      this.waiting.add(next);
    });
  }

  give(): void {
    const [next] = this.waiting;
    if (next === undefined) return void this.taken--;
    this.waiting.delete(next);
    next();
  }
}

const WAIT_MS = 2_000;
const MOST_WAITING = 200;

/**
 * Keeps connections of a pool in reserve. However many requests come, one connection is left for health and one for the
 * app's own work. However many readings come, one more connection is left for submissions.
 */
export class ConnectionsInReserve {
  private readonly all: Places;
  private readonly readings: Places;

  /** @param pool connections of the pool, of which requests get at least one */
  constructor(pool: number) {
    const places = Math.max(1, pool - 2);
    this.all = new Places(places, WAIT_MS, MOST_WAITING);
    this.readings = new Places(Math.max(1, places - 1), WAIT_MS, MOST_WAITING);
  }

  /**
   * Waits until a request may use a connection.
   *
   * @returns what to call when it needs none any more
   * @throws NoConnectionFree when none comes free in time
   */
  async enter(isReading: boolean): Promise<() => void> {
    if (isReading) await this.readings.take();
    try {
      await this.all.take();
    } catch (error) {
      if (isReading) this.readings.give();
      throw error;
    }
    return () => {
      this.all.give();
      if (isReading) this.readings.give();
    };
  }
}
