import { randomUUIDv7 } from 'node:crypto';
import type { Seal } from '#platform';
import { Draft, rowsOf, type Database } from '#store';
import type { StaffActor } from './policy.ts';

/** Forms of which drafts are kept. */
export const DRAFT_KINDS = ['decision', 'rating', 'sign-off', 'referral', 'consultation', 'search'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** Hours for which a draft is kept after it was last saved. A search is there to be gone back to from what it found. */
const KEPT_HOURS: Readonly<Record<DraftKind, number>> = {
  decision: 72,
  rating: 72,
  'sign-off': 72,
  referral: 168,
  consultation: 72,
  search: 1,
};

/** Answers by field name, as typed. */
export type Typed = Readonly<Record<string, string>>;

export interface SavedDraft {
  readonly typed: Typed;
  readonly savedAt: Temporal.Instant;
}

interface Row {
  readonly id: string;
  readonly sealed: Buffer;
  readonly savedAt: Temporal.Instant;
}

/** What somebody is typing, kept until they send it. Sealed, theirs alone, and gone after a while. */
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
  ) {}

  /**
   * @param subject what the form is about: a referral's reference, or a draft's own id where there can be several
   * @param typed replaces what was saved before
   */
  async save(kind: DraftKind, subject: string, typed: Typed, by: StaffActor): Promise<void> {
    await this.database.transaction(async (tx) => {
      // One at a time: what is saved while one types may meet what is saved as the form is sent.
      await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 4))', [`${by.id} ${kind} ${subject}`]);
      await tx.rows('DELETE FROM draft WHERE expires_at <= $1', [tx.now]);
      const found = await tx.row<{ id: string }>(
        'SELECT id FROM draft WHERE owner_id = $1 AND kind = $2 AND subject = $3',
        [by.id, kind, subject],
      );
      const id = found?.id ?? randomUUIDv7();
      const sealed = `\\x${this.seal.close(JSON.stringify(typed), id).toString('hex')}`;
      const expiresAt = tx.now.add({ hours: KEPT_HOURS[kind] });
      if (found === null) {
        await tx.insert(rowsOf(Draft, { id, ownerId: by.id, kind, subject, sealed, savedAt: tx.now, expiresAt }));
      } else {
        await tx.update('UPDATE draft SET sealed = $2, saved_at = $3, expires_at = $4 WHERE id = $1', [
          id, sealed, tx.now, expiresAt,
        ]); // prettier-ignore
      }
    });
  }

  /** @returns null when there is none of this person's, or it has expired */
  async find(kind: DraftKind, subject: string, by: StaffActor): Promise<SavedDraft | null> {
    const row = await this.database.row<Row>(
      `SELECT id, sealed, saved_at AS "savedAt" FROM draft
       WHERE owner_id = $1 AND kind = $2 AND subject = $3 AND expires_at > mash.now()`,
      [by.id, kind, subject],
    );
    return row === null ? null : this.opened(row);
  }

  /** This person's drafts of a kind, the latest first, by their subjects. */
  async all(kind: DraftKind, by: StaffActor): Promise<readonly (SavedDraft & { readonly subject: string })[]> {
    const rows = await this.database.rows<Row & { subject: string }>(
      `SELECT id, subject, sealed, saved_at AS "savedAt" FROM draft
       WHERE owner_id = $1 AND kind = $2 AND expires_at > mash.now() ORDER BY saved_at DESC`,
      [by.id, kind],
    );
    return rows.flatMap((row) => {
      const draft = this.opened(row);
      return draft === null ? [] : [{ ...draft, subject: row.subject }];
    });
  }

  async remove(kind: DraftKind, subject: string, by: StaffActor): Promise<void> {
    await this.database.rows('DELETE FROM draft WHERE owner_id = $1 AND kind = $2 AND subject = $3', [
      by.id,
      kind,
      subject,
    ]);
  }

  /** After the secret was changed nothing opens any more: then there is no draft. */
  private opened({ id, sealed, savedAt }: Row): SavedDraft | null {
    const text = this.seal.open(sealed, id);
    return text === null ? null : { savedAt, typed: JSON.parse(text) as Typed };
  }
}
