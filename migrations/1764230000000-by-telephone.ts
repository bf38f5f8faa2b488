import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Referrals that somebody of the hub takes down, and advice that was given without one. */
export class ByTelephone1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral
        ADD COLUMN channel text NOT NULL DEFAULT 'api'
          CONSTRAINT referral_channel CHECK (channel IN ('api', 'telephone', 'walk_in')),
        ADD COLUMN taken_by uuid REFERENCES staff_member,
        ADD CONSTRAINT referral_taken CHECK ((channel = 'api') = (taken_by IS NULL));
      ALTER TABLE referral ALTER COLUMN channel DROP DEFAULT;

      CREATE TABLE consultation (
        id uuid PRIMARY KEY,
        agency_id uuid NOT NULL REFERENCES agency,
        caller text NOT NULL,
        role text NOT NULL,
        question text NOT NULL,
        advice text NOT NULL,
        outcome text NOT NULL CONSTRAINT consultation_outcome CHECK (outcome IN
          ('referral_advised', 'early_help_advised', 'advice_only')),
        given_by uuid NOT NULL REFERENCES staff_member,
        given_at timestamptz NOT NULL
      );
      CREATE INDEX consultation_given_idx ON consultation (given_at);
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consultation
        FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consultation;
      ALTER TABLE referral DROP CONSTRAINT referral_taken, DROP COLUMN taken_by, DROP COLUMN channel;
    `);
  }
}
