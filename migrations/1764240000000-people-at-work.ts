import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is looking at what, what changed a moment ago, and how each person likes to work. */
export class PeopleAtWork1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX referral_changed_idx ON referral (last_changed_at);

      -- Nothing to lose: after a crash whoever looks says so again within seconds.
      CREATE UNLOGGED TABLE looking (
        referral_id uuid NOT NULL REFERENCES referral,
        staff_id uuid NOT NULL REFERENCES staff_member,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (referral_id, staff_id)
      );

      CREATE TABLE preference (
        staff_id uuid PRIMARY KEY REFERENCES staff_member,
        preferences jsonb NOT NULL,
        changed_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE preference, looking; DROP INDEX referral_changed_idx;');
  }
}
