import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { Refused, type Seal } from '#platform';
import { Draft, rowsOf, type Database } from '#store';

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

/** An open form that saves what is typed in it. */
export interface FormWindow {
  /** A UUID of its own. */
  readonly id: string;
  /** Which draft was in the form when it was opened, as {@link stampOf} writes it; empty for none. */
  readonly began: string;
}

/** Tells one saved state of a draft from another. */
export function stampOf(savedAt: Temporal.Instant | undefined): string {
  return savedAt === undefined ? '' : String(savedAt.epochMilliseconds);
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
   * @param from the window that it was typed in; without it what was typed counts, whatever another window has saved
   * @returns when it was saved
   * @throws Refused `typed-in-another-window` when another window has saved the same form since this one was opened
   */
  async save(
    kind: DraftKind,
    subject: string,
    typed: Typed,
    by: StaffActor,
    from?: FormWindow,
  ): Promise<Temporal.Instant> {
    return this.database.transaction(async (tx) => {
      // One at a time: what is saved while one types may meet what is saved as the form is sent.
      await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 4))', [`${by.id} ${kind} ${subject}`]);
      await tx.rows('DELETE FROM draft WHERE expires_at <= $1', [tx.now]);
      const found = await tx.row<{ id: string; savedIn: string | null; savedAt: Temporal.Instant }>(
        `SELECT id, saved_in AS "savedIn", saved_at AS "savedAt" FROM draft
         WHERE owner_id = $1 AND kind = $2 AND subject = $3`,
        [by.id, kind, subject],
      );
      if (found !== null && from !== undefined && found.savedIn !== from.id && stampOf(found.savedAt) !== from.began) {
        throw new Refused('typed-in-another-window');
      }
      const savedIn = from?.id ?? null;
      const id = found?.id ?? randomUUIDv7();
      const sealed = `\\x${this.seal.close(JSON.stringify(typed), id).toString('hex')}`;
      const expiresAt = tx.now.add({ hours: KEPT_HOURS[kind] });
      if (found === null) {
        const place = { id, ownerId: by.id, kind, subject };
        await tx.insert(rowsOf(Draft, { ...place, sealed, savedIn, savedAt: tx.now, expiresAt }));
      } else {
        await tx.update('UPDATE draft SET sealed = $2, saved_in = $3, saved_at = $4, expires_at = $5 WHERE id = $1', [
          id, sealed, savedIn, tx.now, expiresAt,
        ]); // prettier-ignore
      }
      return tx.now;
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

  /** @param from the window that was sent; what another has saved since it was opened is left, and found again */
  async remove(kind: DraftKind, subject: string, by: StaffActor, from?: FormWindow): Promise<void> {
    await this.database.rows(
      `DELETE FROM draft WHERE owner_id = $1 AND kind = $2 AND subject = $3 AND ($4::uuid IS NULL
         OR saved_in IS NULL OR saved_in = $4 OR (1000 * extract(epoch FROM saved_at))::bigint::text = $5)`,
      [by.id, kind, subject, from?.id, from?.began],
    );
  }

  /** After the secret was changed nothing opens any more: then there is no draft. */
  private opened({ id, sealed, savedAt }: Row): SavedDraft | null {
    const text = this.seal.open(sealed, id);
    return text === null ? null : { savedAt, typed: JSON.parse(text) as Typed };
  }
}
