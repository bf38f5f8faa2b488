import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A claim is a lease, and what people write when they give one back, skip it or pass it on is kept. */
export class Claims1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral ADD COLUMN claim_lapses_at timestamptz;
      UPDATE referral SET claim_lapses_at = mash.now() + interval '30 minutes' WHERE claimed_by IS NOT NULL;
      ALTER TABLE referral DROP CONSTRAINT referral_claim, ADD CONSTRAINT referral_claim CHECK (
        (claimed_by IS NULL) = (claimed_at IS NULL) AND (claimed_by IS NULL) = (claim_lapses_at IS NULL));
      CREATE INDEX referral_takeable_idx ON referral (urgency, decision_due_at, received_at, id)
        WHERE status = 'awaiting_decision' AND claimed_by IS NULL;
      CREATE INDEX referral_claim_lapses_idx ON referral (claim_lapses_at)
        WHERE status = 'awaiting_decision' AND claimed_by IS NOT NULL;

      CREATE TABLE claim_note (
        id uuid PRIMARY KEY,
        referral_id uuid NOT NULL REFERENCES referral,
        kind text NOT NULL CONSTRAINT claim_note_kind CHECK (kind IN ('given_back', 'skipped', 'assigned')),
        note text NOT NULL,
        written_by uuid NOT NULL REFERENCES staff_member,
        written_at timestamptz NOT NULL
      );
      CREATE INDEX claim_note_referral_idx ON claim_note (referral_id, written_at);
      CREATE INDEX claim_note_skipped_idx ON claim_note (written_at) WHERE kind = 'skipped';
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claim_note
        FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE claim_note;
      DROP INDEX referral_takeable_idx, referral_claim_lapses_idx;
      ALTER TABLE referral DROP CONSTRAINT referral_claim;
      ALTER TABLE referral DROP COLUMN claim_lapses_at,
        ADD CONSTRAINT referral_claim CHECK ((claimed_by IS NULL) = (claimed_at IS NULL));
    `);
  }
}
