import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, Referral, type Actor } from '#store';
import { auditEntry, type AuditDetails, type AuditedAct } from './audit.ts';

/** Acts that were not done, and visitors who were not let in. */
type RefusedAct = Extract<AuditedAct, 'access.refused' | 'sign-in.failed' | 'credential.rejected'>;

export interface RefusedAccess {
  readonly act: RefusedAct;
  /** Whose credential or session it was; the service itself where that is unknown. */
  readonly actor: Actor;
  /** Of the referral that it was about, if any. */
  readonly reference?: string | undefined;
  readonly details: AuditDetails;
}

/** What is refused again within this time is counted, and stands on the record once more with its count. */
const WINDOW_MS = 10 * 60_000;
/** So many different refusals in a window have entries of their own; the others are counted together. */
const MOST_ENTRIES = 100;

/**
 * Puts on the record what was refused. The first of its kind at once, and how often it came again ten minutes later: a
 * flood of refused requests makes no flood of rows.
 */
@Injectable()
export class RefusalRecord implements OnApplicationShutdown {
  private seen = new Map<string, { readonly refused: RefusedAccess; again: number }>();
  private end: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never fails: what is refused is refused whether or not it can be written down. */
  async note(refused: RefusedAccess): Promise<void> {
    const known = this.seen.get(keyOf(refused));
    if (known !== undefined) return void known.again++;
    if (this.seen.size >= MOST_ENTRIES && refused.details['others'] !== true) {
      return this.note({ act: refused.act, actor: { kind: 'service' }, details: { others: true } });
    }
    this.seen.set(keyOf(refused), { refused, again: 0 });
    this.end ??= setTimeout(() => void this.closeWindow(), WINDOW_MS).unref();
    await this.write(refused);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.closeWindow();
  }

  private async closeWindow(): Promise<void> {
    if (this.end !== null) clearTimeout(this.end);
    this.end = null;
    const { seen } = this;
    this.seen = new Map();
    for (const { refused, again } of seen.values()) {
      if (again > 0) await this.write({ ...refused, details: { ...refused.details, again } });
    }
  }

  private async write({ act, actor, reference, details }: RefusedAccess): Promise<void> {
    try {
      await this.database.as(actor).transaction(async (tx) => {
        // Also one that the actor does not see: that is why it was refused.
        const about =
          reference === undefined ? null : await tx.overAll((all) => all.one(Referral, { reference }, ['id']));
        await tx.insert(auditEntry(tx, act, about?.id ?? null, details));
      });
    } catch (error) {
      this.log.error({ error, act }, 'a refusal is not on the record');
    }
  }
}

function keyOf({ act, actor, reference, details }: RefusedAccess): string {
  return JSON.stringify([act, actor.kind, 'id' in actor ? actor.id : null, reference, details]);
}
