import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';

/** What a key can do, with the key that does it unless a person chose another. */
export const SHORTCUTS = {
  'next-row': 'j',
  'previous-row': 'k',
  open: 'o',
  'take-next': 'c',
  search: '/',
  queue: 'q',
  help: '?',
} as const;
export type Shortcut = keyof typeof SHORTCUTS;

/** How a person likes to work. Shortcuts are off until they are switched on (WCAG 2.1.4). */
export interface StaffPreferences {
  readonly shortcuts: boolean;
  readonly keys: Readonly<Record<Shortcut, string>>;
  readonly density: 'comfortable' | 'compact';
  /** Each decision goes by the page that checks it, also where nothing is unusual. */
  readonly checksDecisions: boolean;
  /** A weekly e-mail about how promptly the hub works. */
  readonly weeklySummary: boolean;
}

export const USUAL_PREFERENCES: StaffPreferences = {
  ...{ shortcuts: false, keys: SHORTCUTS, density: 'comfortable', checksDecisions: false, weeklySummary: false },
};

/** How each person of the hub likes to work. */
@Injectable()
export class Preferences {
  constructor(private readonly database: Database) {}

  async of(by: StaffActor): Promise<StaffPreferences> {
    const row = await this.database
      .as(by)
      .row<{ preferences: Partial<StaffPreferences> }>(
        sql`SELECT preferences FROM preference WHERE staff_id = ${by.id}`,
      );
    return { ...USUAL_PREFERENCES, ...row?.preferences };
  }

  async save(preferences: StaffPreferences, by: StaffActor): Promise<void> {
    await this.database.as(by).rows(
      sql`INSERT INTO preference (staff_id, preferences, changed_at) VALUES (${by.id}, ${JSON.stringify(preferences)}, mash.now())
       ON CONFLICT (staff_id) DO UPDATE SET preferences = excluded.preferences, changed_at = excluded.changed_at`,
    );
  }
}
