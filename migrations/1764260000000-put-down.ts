import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Managers see what was given back beside what was skipped. */
export class PutDown1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX claim_note_skipped_idx;
      CREATE INDEX claim_note_written_idx ON claim_note (written_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX claim_note_written_idx;
      CREATE INDEX claim_note_skipped_idx ON claim_note (written_at) WHERE kind = 'skipped';
    `);
  }
}
