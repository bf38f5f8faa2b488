import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Refused, Settings } from '#platform';
import { CouncilVersion, Database, once, rowsOf, sql, type Statements } from '#store';
import type { StaffActor } from './policy.ts';

/** What the council is called, and how people reach the hub and the emergency duty team. Null is not said. */
export interface CouncilDetails {
  readonly name: string;
  readonly hubPhone: string | null;
  readonly hubHours: string | null;
  readonly edtPhone: string | null;
}

/** What an administrator says of it; null is as the settings of the service have it. */
export type CouncilSaid = { readonly [K in keyof CouncilDetails]: string | null };

/** One version of what was said. */
export interface CouncilLine extends CouncilSaid {
  readonly version: number;
  readonly changedAt: Temporal.Instant;
  readonly changedBy: string;
}

/** Of the versions so many are shown. */
const SHOWN = 50;

/** What the settings of the service say, where no administrator has said otherwise. */
export function councilBySettings(settings: Settings): CouncilDetails {
  const { COUNCIL_NAME, HUB_PHONE, HUB_HOURS, EDT_PHONE } = { ...new Settings(), ...settings };
  return {
    name: COUNCIL_NAME,
    hubPhone: HUB_PHONE ?? null,
    hubHours: HUB_HOURS ?? null,
    edtPhone: EDT_PHONE ?? null,
  };
}

/** What holds now: the last version, and the settings of the service where that is silent. */
export async function councilNow(on: Statements, settings: Settings): Promise<CouncilDetails> {
  const said = await on.row<CouncilSaid>(sql`
    SELECT name, hub_phone AS "hubPhone", hub_hours AS "hubHours", edt_phone AS "edtPhone"
    FROM council_version ORDER BY version DESC LIMIT 1`);
  const other = councilBySettings(settings);
  return {
    name: said?.name ?? other.name,
    hubPhone: said?.hubPhone ?? other.hubPhone,
    hubHours: said?.hubHours ?? other.hubHours,
    edtPhone: said?.edtPhone ?? other.edtPhone,
  };
}

/** What the council is called and how the hub is reached, version by version. */
@Injectable()
export class Council {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @returns the versions, the last one first, and what the settings of the service say without them */
  async read(by: StaffActor): Promise<{
    readonly versions: readonly CouncilLine[];
    readonly bySettings: CouncilDetails;
    readonly now: Temporal.Instant;
  }> {
    return this.database.as(by).transaction(async (tx) => ({
      versions: await tx.rows<CouncilLine>(sql`
        SELECT v.version, v.name, v.hub_phone AS "hubPhone", v.hub_hours AS "hubHours", v.edt_phone AS "edtPhone",
          v.changed_at AS "changedAt", m.name AS "changedBy"
        FROM council_version v JOIN staff_member m ON m.id = v.changed_by ORDER BY v.version DESC LIMIT ${SHOWN}`),
      bySettings: councilBySettings(this.settings),
      now: tx.now,
    }));
  }

  /**
   * From now on every page and every message says this.
   *
   * @param command.seen the version that the form showed; 0 where there was none
   * @param command.formId the form that it is sent from, a UUID
   * @throws Refused `council-changed` when another version came meanwhile, or `form-sent-before`
   */
  async change({
    said,
    seen,
    formId,
    by,
  }: {
    readonly said: CouncilSaid;
    readonly seen: number;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'council', answers: { ...said, seen } }, async () => {
        await tx.lock('councilVersion');
        const last = await tx.row<{ version: number }>(
          sql`SELECT coalesce(max(version), 0)::int AS version FROM council_version`,
        );
        if (last!.version !== seen) throw new Refused('council-changed');
        const row = { ...said, version: seen + 1, changedBy: by.id, changedAt: tx.now };
        await tx.insert(rowsOf(CouncilVersion, row), auditEntry(tx, 'council.changed', null, { version: row.version }));
        return {};
      }),
    );
  }
}
