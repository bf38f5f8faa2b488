import type { Database } from '#store';

/** What a key can do, with the key that does it unless somebody chose another. */
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

/** How somebody likes to work. Shortcuts are off until they are switched on (WCAG 2.1.4). */
export interface StaffPreferences {
  readonly shortcuts: boolean;
  readonly keys: Readonly<Record<Shortcut, string>>;
  readonly density: 'comfortable' | 'compact';
}

export const USUAL_PREFERENCES: StaffPreferences = { shortcuts: false, keys: SHORTCUTS, density: 'comfortable' };

/** How each person of the hub likes to work. */
export class Preferences {
  constructor(private readonly database: Database) {}

  async of(staffId: string): Promise<StaffPreferences> {
    const row = await this.database.row<{ preferences: Partial<StaffPreferences> }>(
      'SELECT preferences FROM preference WHERE staff_id = $1',
      [staffId],
    );
    return { ...USUAL_PREFERENCES, ...row?.preferences };
  }

  async save(staffId: string, preferences: StaffPreferences): Promise<void> {
    await this.database.rows(
      `INSERT INTO preference (staff_id, preferences, changed_at) VALUES ($1, $2, mash.now())
       ON CONFLICT (staff_id) DO UPDATE SET preferences = excluded.preferences, changed_at = excluded.changed_at`,
      [staffId, JSON.stringify(preferences)],
    );
  }
}
