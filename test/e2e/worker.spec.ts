import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { WorkerSettings } from '#platform';
import { createWorker } from '../../apps/worker/src/create-worker.ts';
import { setClock } from '../../scripts/demonstration/shift-clock.ts';
import { addStaff } from '../support/agencies-and-staff.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

it.each([
  ['2026-11-23T10:00:00Z', false],
  ['2027-12-01T10:00:00Z', true],
])(
  'is ready when a last resort can be alerted; started at %s it warns that the bank holiday list runs out: %s',
  async (now, warns) => {
    const test = await createTestDatabase();
    await setClock(test.database, Temporal.Instant.from(now));
    let logged = '';
    const log = pino(
      { level: 'warn' },
      new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) }),
    );
    const settings = {
      DATABASE_URL: test.url,
      DATABASE_POOL: 24,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'mash@hub.example.org',
      CONSOLE_URL: 'http://127.0.0.1:3001',
    } as unknown as WorkerSettings;
    const worker = await createWorker(settings, log);
    try {
      await worker.listen(0, '127.0.0.1');
      const url = await worker.getUrl();
      // Ready only when an alert would reach a person.
      expect((await fetch(`${url}/health/ready`)).status).toBe(503);
      await addStaff(test.database, 'manager', ['last_resort']);
      await until(async () => (await fetch(`${url}/health/ready`)).status === 200);
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect(logged.includes('the bank holiday list runs out')).toBe(warns);
    } finally {
      await worker.close();
      await test.drop();
    }
  },
);
