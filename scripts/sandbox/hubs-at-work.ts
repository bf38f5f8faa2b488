import { isUuid, type SandboxSettings } from '#platform';
import { NoSuchHub } from './faults.ts';
import type { FictionalHub } from './fictional-hub.ts';
import type { HubDatabases } from './hub-databases.ts';

/** A hub has up to fifty connections when it starts, some twenty afterwards: docker-compose.yml lets its server have 400. */
const AT_WORK_AT_MOST = 6;
const IDLE_MS = 15 * 60_000;

interface AtWork {
  readonly hub: Promise<FictionalHub>;
  usedAt: number;
  /** Requests that it answers at this moment. */
  busy: number;
}

/** The hubs that are at work. One that no developer uses rests: its database stays. */
export class HubsAtWork {
  private readonly atWork = new Map<string, AtWork>();

  constructor(
    private readonly databases: HubDatabases,
    private readonly settings: SandboxSettings,
  ) {}

  /**
   * Does something with a hub, which is started first where it rests.
   *
   * @param id of the hub, which may be none
   * @returns what the work returns
   * @throws NoSuchHub
   */
  async with<T>(id: string, work: (hub: FictionalHub) => Promise<T>): Promise<T> {
    const entry = this.atWork.get(id) ?? this.start(id);
    entry.busy += 1;
    entry.usedAt = performance.now();
    try {
      return await work(await entry.hub);
    } catch (error) {
      // One that could not be started is tried again by the next request.
      if (this.atWork.get(id) === entry && (await hasFailed(entry.hub))) this.atWork.delete(id);
      throw error;
    } finally {
      entry.busy -= 1;
    }
  }

  /** Lets those rest that no developer has used for a while, and those that are too many. */
  async rest(atMost = AT_WORK_AT_MOST): Promise<void> {
    const idle = [...this.atWork].filter(([, { busy }]) => busy === 0).toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [id, entry] of idle) {
      // One before it took its time to stop.
      if (this.atWork.get(id) !== entry || entry.busy > 0) continue;
      const { usedAt } = entry;
      const isUnused = performance.now() - usedAt > IDLE_MS;
      if (isUnused || this.atWork.size > atMost) await this.stop(id);
    }
  }

  async stop(id: string): Promise<void> {
    const entry = this.atWork.get(id);
    this.atWork.delete(id);
    await entry?.hub.then((hub) => hub.close()).catch(() => undefined);
  }

  /** The ids of those at work. */
  get ids(): readonly string[] {
    return [...this.atWork.keys()];
  }

  async close(): Promise<void> {
    await Promise.all([...this.atWork.keys()].map((id) => this.stop(id)));
  }

  private start(id: string): AtWork {
    // Two requests of the same moment use one.
    const entry = { hub: this.open(id), usedAt: performance.now(), busy: 0 };
    this.atWork.set(id, entry);
    return entry;
  }

  private async open(id: string): Promise<FictionalHub> {
    if (!isUuid(id) || !(await this.databases.all()).some((one) => one.id === id)) throw new NoSuchHub();
    await this.databases.noteUse(id, await this.databases.now());
    await this.rest();
    // Loaded with the first hub: a process that has none stays small.
    const { FictionalHub } = await import('./fictional-hub.ts');
    return FictionalHub.open(this.databases.urlOf(id), `${this.settings.SANDBOX_URL}/s/${id}`, this.settings);
  }
}

const hasFailed = (hub: Promise<FictionalHub>) =>
  hub.then(
    () => false,
    () => true,
  );
