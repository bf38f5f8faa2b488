import { Inject, Injectable } from '@nestjs/common';
import { LOG, WatchdogSettings, type Logger } from '#platform';

const EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;

/** A service outside that calls people when it has not been fed for a while. A hub without one feeds nothing. */
@Injectable()
export class DeadMansSwitch {
  private fedAt = -Infinity;

  constructor(
    private readonly settings: WatchdogSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Feeds it, when it is time again. @returns whether it was fed now */
  async feed(): Promise<boolean> {
    const { DEAD_MANS_SWITCH_URL: url } = this.settings;
    if (url === undefined || performance.now() - this.fedAt < EVERY_MS) return false;
    try {
      const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
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
