import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the queue is filtered by without opening each referral, and the filters that people saved. */
export class TheQueue1764210000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE referral ADD COLUMN concern_types text[];
      UPDATE referral SET concern_types = ARRAY(
        SELECT jsonb_array_elements_text(coalesce(submitted->'concern'->'types', '[]')));
      ALTER TABLE referral ALTER COLUMN concern_types SET NOT NULL;
      DROP TRIGGER as_submitted ON referral;
      CREATE TRIGGER as_submitted
        BEFORE UPDATE OF id, reference, agency_id, immediate_danger, submitted, concern_types, received_at
        ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
      CREATE INDEX referral_received_idx ON referral (received_at);

      CREATE TABLE saved_filter (
        id uuid PRIMARY KEY,
        owner_id uuid REFERENCES staff_member,
        name text NOT NULL,
        query text NOT NULL,
        made_by uuid NOT NULL REFERENCES staff_member,
        made_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX saved_filter_own_name_idx ON saved_filter (owner_id, name) WHERE owner_id IS NOT NULL;
      CREATE UNIQUE INDEX saved_filter_team_name_idx ON saved_filter (name) WHERE owner_id IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE saved_filter;
      DROP INDEX referral_received_idx;
      DROP TRIGGER as_submitted ON referral;
      ALTER TABLE referral DROP COLUMN concern_types;
      CREATE TRIGGER as_submitted BEFORE UPDATE OF id, reference, agency_id, immediate_danger, submitted, received_at
        ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
    `);
  }
}
