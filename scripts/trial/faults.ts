import { POINTS, type Fault } from './plan.ts';
import type { World } from './world.ts';

/** Brings faults about, and makes all whole again. */
export class Faults {
  /** What comes to its end by itself, such as a start or the end of a pause. */
  private pending: Promise<unknown>[] = [];
  /** To be started at the end of the trial, with the clock that its host will have. */
  private readonly down = new Map<number, number>();

  /** @param onStruck called when a fault has really struck */
  constructor(
    private readonly world: World,
    private readonly onStruck: (kind: Fault['kind']) => void,
  ) {}

  /** Whether it waits for a point of what a process sends: then it is set after the act. */
  static isTrap(fault: Fault): boolean {
    return 'point' in fault && POINTS[fault.point].length > 0;
  }

  bringAbout(fault: Fault): void {
    if (!('point' in fault) || !Faults.isTrap(fault)) return this.strike(fault);
    // What is only late must arrive in the end: bytes do not go missing in the middle of a connection.
    const forwarded = fault.forwarded || fault.kind === 'partition' || fault.kind === 'stop process';
    this.world.networks[fault.target]!.set({
      seen: POINTS[fault.point],
      forwarded,
      spring: () => this.strike(fault),
    });
  }

  /** All that was only for a while is over. */
  async pass(): Promise<void> {
    while (this.pending.length > 0) await Promise.all(this.pending.splice(0));
  }

  /** The network is whole and everything runs. */
  async heal(): Promise<void> {
    await this.pass();
    const { networks, apps } = this.world;
    networks.forEach((network) => network.heal());
    for (const [index, skewMinutes] of this.down) void apps[index]!.start(skewMinutes);
    this.down.clear();
    // One worker is enough to go on with; the other may still be starting.
    const workers = apps.filter(({ app }) => app === 'worker');
    if (!workers.some(({ isRunning }) => isRunning)) await Promise.race(workers.map((worker) => worker.start()));
  }

  private strike(fault: Fault): void {
    const { world } = this;
    this.onStruck(fault.kind);
    switch (fault.kind) {
      case 'kill': {
        const killed = world.apps[fault.target]!.kill();
        if (fault.restart === 'at the end') this.down.set(fault.target, fault.skewMinutes);
        else {
          this.down.delete(fault.target);
          // Nothing waits for the start: the next acts happen while there is one process less.
          void killed.then(() => world.apps[fault.target]!.start(fault.skewMinutes));
        }
        this.pending.push(killed);
        return;
      }
      case 'stop process':
        world.apps[fault.target]!.freeze();
        return this.after(fault.forMs, () => world.apps[fault.target]!.thaw());
      case 'partition':
        world.networks[fault.target]!.freeze();
        return this.after(fault.forMs, () => world.networks[fault.target]!.thaw());
      case 'cut':
        return world.networks[fault.target]!.cut();
      case 'half-open':
        return world.networks[fault.target]!.halfOpen();
      case 'cut all':
        return world.networks.forEach((network) => network.cut());
      case 'flush redis':
        if (world.around.redis !== null) this.pending.push(world.around.redis.flush());
        return;
      case 'stop postgres':
        this.pending.push(world.around.server.crash(fault.forMs));
        return;
    }
  }

  private after(ms: number, end: () => void): void {
    this.pending.push(new Promise<void>((resolve) => setTimeout(() => resolve(end()), ms)));
  }
}
