import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The analysis beside a decision, taking a decision back, and what people are typing. */
export class Deciding1764220000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decision
        ADD COLUMN worries text, ADD COLUMN working_well text, ADD COLUMN needs_to_happen text,
        ADD COLUMN safety_scale smallint CONSTRAINT decision_safety_scale CHECK (safety_scale BETWEEN 0 AND 10),
        ADD COLUMN childs_voice text,
        -- One form is sent once, however often its button is pressed.
        ADD COLUMN form_id uuid UNIQUE;

      -- What was taken back may be decided again: the referral says which of its response times counts.
      ALTER TABLE referral ADD COLUMN response_time_id uuid, ADD COLUMN undoable_until timestamptz;
      ALTER TABLE response_time DROP CONSTRAINT response_time_pkey,
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
      ALTER TABLE response_time ALTER COLUMN id DROP DEFAULT, ADD PRIMARY KEY (id);
      UPDATE referral SET response_time_id = t.id FROM response_time t WHERE t.referral_id = referral.id;
      ALTER TABLE referral ADD FOREIGN KEY (response_time_id) REFERENCES response_time;
      CREATE INDEX response_time_referral_idx ON response_time (referral_id);
      ALTER TABLE sign_off DROP CONSTRAINT sign_off_decision_id_key;
      CREATE INDEX sign_off_decision_idx ON sign_off (decision_id, signed_at);

      CREATE TABLE undoing (
        id uuid PRIMARY KEY,
        decision_id uuid NOT NULL REFERENCES decision,
        sign_off_id uuid REFERENCES sign_off,
        undone_by uuid NOT NULL REFERENCES staff_member,
        undone_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX undoing_decision_idx ON undoing (decision_id) WHERE sign_off_id IS NULL;
      CREATE UNIQUE INDEX undoing_sign_off_idx ON undoing (sign_off_id) WHERE sign_off_id IS NOT NULL;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON undoing
        FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();

      CREATE TABLE draft (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL REFERENCES staff_member,
        kind text NOT NULL,
        subject text NOT NULL,
        sealed bytea NOT NULL,
        saved_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        UNIQUE (owner_id, kind, subject)
      );
      CREATE INDEX draft_expires_idx ON draft (expires_at);
    `);
  }

  /** What was decided again after it was taken back cannot be said in the old tables: then it stops. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE draft, undoing;
      ALTER TABLE referral DROP COLUMN response_time_id, DROP COLUMN undoable_until;
      DROP INDEX sign_off_decision_idx, response_time_referral_idx;
      ALTER TABLE sign_off ADD CONSTRAINT sign_off_decision_id_key UNIQUE (decision_id);
      ALTER TABLE response_time DROP CONSTRAINT response_time_pkey, DROP COLUMN id;
      ALTER TABLE response_time ADD PRIMARY KEY (referral_id);
      ALTER TABLE decision DROP COLUMN worries, DROP COLUMN working_well, DROP COLUMN needs_to_happen,
        DROP COLUMN safety_scale, DROP COLUMN childs_voice, DROP COLUMN form_id;
    `);
  }
}
