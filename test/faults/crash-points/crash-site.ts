import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aFracturedToddler } from '../../support/referrals.ts';
import { createSendingHub, type Channels, type SendingHub } from '../../support/sending-hub.ts';
import type { Given, PathName } from './paths.ts';
import { Victims } from './victims.ts';

interface Turn<P extends PathName> {
  readonly given: Given[P];
  /** Does again what the process that was killed was about to do, and says what must hold then. */
  readonly recover: () => Promise<void>;
}

/** A hub whose paths are walked by processes that are killed: at every statement and every write to a provider. */
export class CrashSite {
  private constructor(
    readonly hub: SendingHub,
    private readonly victims: Victims,
    private readonly compileCache: string,
  ) {}

  static async start(channels: Channels): Promise<CrashSite> {
    const compileCache = mkdtempSync(join(tmpdir(), 'mash-crash-points-'));
    const hub = await createSendingHub(channels);
    return new CrashSite(hub, new Victims(hub.database, hub.url, compileCache), compileCache);
  }

  async stop(): Promise<void> {
    this.victims.close();
    await this.hub.drop();
    rmSync(this.compileCache, { recursive: true, force: true });
  }

  /**
   * Goes the path once to its end, and then once to each of its points, where the process is killed.
   *
   * @param providerUrl where the provider listens, when the path leads to one
   */
  async killEverywhere<P extends PathName>(
    path: P,
    turn: () => Promise<Turn<P>>,
    providerUrl: string | null = null,
  ): Promise<void> {
    const providerPort = providerUrl === null ? null : Number(new URL(providerUrl).port);
    const whole = await turn();
    const points = await this.victims.passing({ path, given: whole.given, providerPort });
    await whole.recover();
    const killed: string[] = [];
    for (const point of points) {
      const { given, recover } = await turn();
      killed.push(await this.victims.killedAt(point, { path, given, providerPort }));
      try {
        await recover();
        expect(await this.hub.invariants.execute()).toEqual([]);
      } catch (error) {
        throw new Error(`${path}, killed at ${point}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect(killed).toEqual(points);
    expect(points.length).toBeGreaterThan(5);
    process.stdout.write(`${path}: ${points.length} points, killed at every one\n  ${points.join('\n  ')}\n`);
  }

  /** A red, ready for its first alert or for more: the clock goes back for each, since it is its own story. */
  async redAt(time: string): Promise<string> {
    await this.hub.moveTo('2026-11-23T10:00');
    const reference = await this.hub.submit(aFracturedToddler());
    await this.hub.moveTo(`2026-11-23T${time}`);
    return reference;
  }

  /** A minute in which the lease runs out, providers are asked, and what is queued is sent. The message is sent then. */
  async recoverDelivery(reference: string): Promise<void> {
    for (let round = 0; round < 4; round++) {
      await this.hub.askProviders();
      await this.hub.send();
      await this.hub.moveBy({ seconds: 11 });
    }
    const states = (await this.hub.deliveriesOf(reference)).map(({ state }) => state);
    expect(states).toEqual([expect.stringMatching(/^(accepted|delivered)$/)]);
    expect(await this.hub.deadlineCount('undelivered')).toBe(0);
  }
}
