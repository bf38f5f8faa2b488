import { Inject, Injectable } from '@nestjs/common';
import { councilBySettings, councilNow, type CouncilDetails } from '#access';
import { ConsoleSettings, LOG, type Logger } from '#platform';
import { Database, SERVICE } from '#store';

/** So long a page may say what was so before another console changed it. */
const KEPT_MS = 5_000;

/** What every page says of the council and the hub. */
@Injectable()
export class CouncilOnPages {
  private kept: { readonly is: CouncilDetails; readonly until: number; readonly writes: number } | null = null;

  constructor(
    private readonly database: Database,
    private readonly settings: ConsoleSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** As it was last known where the database is away: a page that says so still says how to reach the hub. */
  async now(): Promise<CouncilDetails> {
    const writes = this.database.timesWritten('council_version');
    if (this.kept !== null && this.kept.writes === writes && performance.now() < this.kept.until) return this.kept.is;
    try {
      const is = await councilNow(this.database.as(SERVICE), this.settings);
      this.kept = { is, writes, until: performance.now() + KEPT_MS };
      return is;
    } catch (error) {
      this.log.warn({ error }, 'what the council is called is not known now');
      return this.kept?.is ?? councilBySettings(this.settings);
    }
  }
}
