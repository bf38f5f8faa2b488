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
/** Submissions share statements: two that insert, and between them one that looks up. */
const SUBMISSIONS = 64;

/** What a request needs connections for: `sharing` needs none of its own. */
export type Needed = 'reading' | 'writing' | 'sharing';

/**
 * Keeps connections of a pool in reserve. However many requests come that hold a connection of their own, three are left:
 * for the statements that submissions share, for health, and for the app's own work. However many readings come, one more
 * is left for what writes.
 */
export class ConnectionsInReserve {
  private readonly holding: Places;
  private readonly readings: Places;
  private readonly sharing: Places;

  /** @param pool connections of the pool, of which requests get at least one */
  constructor(pool: number) {
    const places = Math.max(1, pool - 3);
    this.holding = new Places(places, WAIT_MS, MOST_WAITING);
    this.readings = new Places(Math.max(1, places - 1), WAIT_MS, MOST_WAITING);
    // In the smallest of pools a submission takes one connection at a time.
    this.sharing = new Places(pool > 3 ? SUBMISSIONS : 1, WAIT_MS, MOST_WAITING);
  }

  /**
   * Waits until a request may go on.
   *
   * @returns what to call when it has been answered
   * @throws NoConnectionFree when its turn does not come in time
   */
  async enter(needed: Needed): Promise<() => void> {
    const needs = { sharing: [this.sharing], writing: [this.holding], reading: [this.readings, this.holding] }[needed];
    const taken: Places[] = [];
    const leave = () => taken.splice(0).forEach((places) => places.give());
    try {
      for (const places of needs) {
        await places.take();
        taken.push(places);
      }
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}
