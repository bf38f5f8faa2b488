import type { Logger } from '#platform';

const EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;

/** Something outside that calls people when it has not been fed for a while: an address to be asked. */
export class DeadMansSwitch {
  private fedAt = -Infinity;

  /** @param url null where a hub has none: nothing is fed then */
  constructor(
    private readonly url: string | null,
    private readonly log: Logger,
  ) {}

  /** Feeds it, when it is time again. @returns whether it was fed now */
  async feed(): Promise<boolean> {
    if (this.url === null || performance.now() - this.fedAt < EVERY_MS) return false;
    try {
      const response = await fetch(this.url, { method: 'POST', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answered ${response.status}`);
      this.fedAt = performance.now();
      return true;
    } catch {
      this.log.warn({}, "the dead man's switch could not be fed; it is tried again");
      return false;
    }
  }
}
