import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, SERVICE, sql } from '#store';
import type { ContentRefusal } from './content-refusal.ts';

/** So long refusals are gathered before they are written: a flood of reports makes few statements. */
const GATHERED_MS = 10_000;
/** So many kinds have a count of their own in that time, and so many on a day. */
const [MOST_GATHERED, MOST_A_DAY] = [50, 200];
const KEPT_DAYS = 30;
const OTHERS: ContentRefusal = { directive: 'other', blocked: 'other', page: 'other' };

/** Counts what browsers refused on pages of the console. */
@Injectable()
export class ContentRefusals implements OnApplicationShutdown {
  private gathered = new Map<string, { readonly refusal: ContentRefusal; count: number }>();
  private end: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  note(refusal: ContentRefusal): void {
    const key = JSON.stringify(refusal);
    const known = this.gathered.get(key);
    if (known !== undefined) return void known.count++;
    if (this.gathered.size >= MOST_GATHERED && refusal !== OTHERS) return this.note(OTHERS);
    this.gathered.set(key, { refusal, count: 1 });
    this.end ??= setTimeout(() => void this.write(), GATHERED_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.write();
  }

  /** Writes what was gathered. What cannot be written is gathered on. */
  async write(): Promise<void> {
    if (this.end !== null) clearTimeout(this.end);
    this.end = null;
    const all = [...this.gathered.values()];
    if (all.length === 0) return;
    this.gathered = new Map();
    try {
      await this.database.as(SERVICE).transaction(async (tx) => {
        const day = tx.now.toZonedDateTimeISO('UTC').toPlainDate();
        await tx.run(sql`DELETE FROM content_refusal WHERE day < ${day.subtract({ days: KEPT_DAYS }).toString()}`);
        for (const { refusal, count } of all) {
          await tx.run(sql`
            INSERT INTO content_refusal (day, directive, blocked, page, count)
            SELECT ${day.toString()}::date, kept.directive, kept.blocked, kept.page, ${count}::int
            FROM (SELECT (SELECT count(*) FROM content_refusal WHERE day = ${day.toString()}::date) < ${MOST_A_DAY} AS has_room) room
            CROSS JOIN LATERAL (SELECT
              CASE WHEN has_room THEN ${refusal.directive} ELSE 'other' END AS directive,
              CASE WHEN has_room THEN ${refusal.blocked} ELSE 'other' END AS blocked,
              CASE WHEN has_room THEN ${refusal.page} ELSE 'other' END AS page) kept
            ON CONFLICT (day, directive, blocked, page) DO UPDATE SET count = content_refusal.count + excluded.count`);
        }
      });
    } catch (error) {
      for (const one of all) this.gathered.set(JSON.stringify(one.refusal), one);
      this.end ??= setTimeout(() => void this.write(), GATHERED_MS).unref();
      this.log.error({ error }, 'what browsers refused is not counted yet');
    }
  }
}
