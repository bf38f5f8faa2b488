import { randomUUIDv7 } from 'node:crypto';
import { may, mustNotBeHidden, type Action, type StaffActor } from '#access';
import { Refused, type Seal } from '#platform';
import { answerOf, Draft, Referral, rowsOf, sql, type Database, type Transaction } from '#store';

/** Forms of which drafts are kept. */
export const DRAFT_KINDS = [
  'decision',
  'rating',
  'sign-off',
  'challenge',
  'referral',
  'own-referral',
  'consultation',
  'challenge-answer',
  'sample-grade',
  'supervision',
  'search',
] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** What a form of which drafts are kept is for. Only who may do it has a draft of it. */
const ACTS: Readonly<Record<DraftKind, Action>> = {
  decision: 'referral:decide',
  rating: 'referral:rate',
  'sign-off': 'decision:sign-off',
  challenge: 'challenge:make',
  referral: 'referral:take-down',
  'own-referral': 'referral:submit',
  consultation: 'consultation:record',
  'challenge-answer': 'challenge:answer',
  'sample-grade': 'sample:read',
  supervision: 'supervision:write',
  search: 'referral:search',
};

/** Forms about a referral that is there, by its reference; the others have an id. */
const ABOUT_A_REFERRAL: readonly DraftKind[] = ['decision', 'rating', 'sign-off', 'challenge'];

/** Hours for which a draft is kept after it was last saved. A search is there to be gone back to from what it found. */
const KEPT_HOURS: Readonly<Record<DraftKind, number>> = {
  decision: 72,
  rating: 72,
  'sign-off': 72,
  challenge: 72,
  referral: 168,
  'own-referral': 168,
  consultation: 72,
  'challenge-answer': 72,
  'sample-grade': 72,
  supervision: 72,
  search: 1,
};

/** Forms of a kind that a person has begun and not sent. */
const DRAFTS_AT_MOST = 50;

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

/** The text that a person is typing, kept until they send it. Sealed, theirs alone, and gone after a while. */
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
  ) {}

  /**
   * @param subject what the form is about: a referral's reference, or a draft's own id where there can be several
   * @param typed replaces what was saved before
   * @param from the window that it was typed in; without it what was typed counts, even when another window has saved
   * @returns when it was saved
   * @throws Refused `not-found` when the person may not do what the form is for, or there is no such referral
   * @throws Refused `typed-in-another-window` when another window has saved the same form since this one was opened
   */
  async save(
    kind: DraftKind,
    subject: string,
    typed: Typed,
    by: StaffActor,
    from?: FormWindow,
  ): Promise<Temporal.Instant> {
    return this.database.as(by).transaction(async (tx) => {
      await mustBePossible(tx, kind, subject, by);
      // One at a time: what is saved while one types may meet what is saved as the form is sent.
      await tx.lock('draft', `${by.id} ${kind} ${subject}`);
      // Whose-ever they are.
      await tx.overAll((all) => all.run(sql`DELETE FROM draft WHERE expires_at <= ${tx.now}`));
      const place = { ownerId: by.id, kind, subject };
      const found = await tx.one(Draft, place, ['id', 'savedIn', 'savedAt']);
      if (found !== null && from !== undefined && found.savedIn !== from.id && stampOf(found.savedAt) !== from.began) {
        throw new Refused('typed-in-another-window');
      }
      const savedIn = from?.id ?? null;
      const id = found?.id ?? randomUUIDv7();
      const sealed = this.seal.close(JSON.stringify(typed), id);
      const expiresAt = tx.now.add({ hours: KEPT_HOURS[kind] });
      if (found === null) await mustHaveRoom(tx, kind, by);
      if (found === null) await tx.insert(rowsOf(Draft, { id, ...place, sealed, savedIn, savedAt: tx.now, expiresAt }));
      else await tx.change(Draft, id, { sealed, savedIn, savedAt: tx.now, expiresAt });
      return tx.now;
    });
  }

  /** @returns null when there is none of this person's, or it has expired */
  async find(kind: DraftKind, subject: string, by: StaffActor): Promise<SavedDraft | null> {
    const row = await this.database.as(by).transaction((tx) =>
      tx.row<Row>(sql`
        SELECT id, sealed, saved_at AS "savedAt" FROM draft
        WHERE owner_id = ${by.id} AND kind = ${kind} AND subject = ${subject} AND expires_at > ${tx.now}`),
    );
    return row === null ? null : this.opened(row);
  }

  /** This person's drafts of a kind, the latest first, by their subjects. */
  async all(kind: DraftKind, by: StaffActor): Promise<readonly (SavedDraft & { readonly subject: string })[]> {
    const rows = await this.database.as(by).transaction((tx) =>
      tx.rows<Row & { subject: string }>(sql`
        SELECT id, subject, sealed, saved_at AS "savedAt" FROM draft
        WHERE owner_id = ${by.id} AND kind = ${kind} AND expires_at > ${tx.now}
        ORDER BY saved_at DESC LIMIT ${DRAFTS_AT_MOST}`),
    );
    return rows.flatMap((row) => {
      const draft = this.opened(row);
      return draft === null ? [] : [{ ...draft, subject: row.subject }];
    });
  }

  /** @param from the window that was sent; a draft that another has saved since it was opened is left, and found again */
  async remove(kind: DraftKind, subject: string, by: StaffActor, from?: FormWindow): Promise<void> {
    const { id: window = null, began = '' } = from ?? {};
    await this.database.as(by).transaction((tx) =>
      tx.run(sql`
        DELETE FROM draft WHERE owner_id = ${by.id} AND kind = ${kind} AND subject = ${subject}
          AND (${window}::uuid IS NULL OR saved_in IS NULL OR saved_in = ${window}
            OR (1000 * extract(epoch FROM saved_at))::bigint::text = ${began})`),
    );
  }

  /** Whether the form that a draft is of has been sent: a draft that comes now was on its way when the form was sent. */
  async isLate(formId: string, by: StaffActor): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => (await answerOf(tx, formId)) !== null);
  }

  /** After the secret was changed nothing opens any more: then there is no draft. */
  private opened({ id, sealed, savedAt }: Row): SavedDraft | null {
    const text = this.seal.open(sealed, id);
    return text === null ? null : { savedAt, typed: JSON.parse(text) as Typed };
  }
}

/** More forms of a kind no person has begun at once: each list of them reads all. @throws Refused `drafts-enough` */
async function mustHaveRoom(tx: Transaction, kind: DraftKind, by: StaffActor): Promise<void> {
  const { count } = (await tx.row<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM draft WHERE owner_id = ${by.id} AND kind = ${kind}`))!;
  if (count >= DRAFTS_AT_MOST) throw new Refused('drafts-enough');
}

async function mustBePossible(tx: Transaction, kind: DraftKind, subject: string, by: StaffActor): Promise<void> {
  if (!may(by, ACTS[kind])) throw Refused.byPolicy();
  if (!ABOUT_A_REFERRAL.includes(kind)) return;
  const referral = await tx.one(Referral, { reference: subject }, ['id']);
  if (referral === null) throw new Refused('not-found');
  await mustNotBeHidden(tx, referral.id);
}
