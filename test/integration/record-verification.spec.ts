import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanVerification } from '#oversight';
import { SERVICE, sql } from '#store';
import { ReadServiceState } from '#watchdog';
import { verifyRecord } from '../../scripts/operating/verify-record.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { asSuperuser, recordOf, verifyAtNight } from '../support/verbs/record-chain.ts';

let hub: Hub;
let record: ReturnType<typeof recordOf>;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  record = recordOf(hub.database);
  await record.add(7, 3);
  await record.checkpoint();
});
afterEach(() => rmSync(record.folder, { recursive: true }));
afterAll(() => hub.drop());

const EDIT = `UPDATE audit_entry SET act = 'search.made' WHERE lane = 7 AND lane_seq = 2`;
const UNDO = `UPDATE audit_entry SET act = 'queue.read' WHERE lane = 7 AND lane_seq = 2`;

describe('the verification of the record each night', () => {
  const plan = () => hub.whole.get(PlanVerification).execute();
  const planned = async () =>
    (
      await hub.database
        .as(SERVICE)
        .rows<{ night: string }>(
          sql`SELECT payload->>'night' AS night FROM job WHERE name = 'verify-record' ORDER BY created_at, id`,
        )
    ).map(({ night }) => night);

  it('is planned once a night, from half past one, and by day where the last night had none', async () => {
    await hub.moveTo('2026-11-24T10:00');
    await Promise.all([plan(), plan(), plan()]);
    expect(await planned()).toEqual(['2026-11-24']);
    await verifyAtNight(hub, record);
    await hub.moveTo('2026-11-25T01:29');
    await plan();
    expect(await planned()).toEqual(['2026-11-24']);
    await hub.moveTo('2026-11-25T01:30');
    await plan();
    expect(await planned()).toEqual(['2026-11-24', '2026-11-25']);
  });

  it('D9: has managers told where the record was changed, once, until it is as it was written', async () => {
    const told = () =>
      hub.database.as(SERVICE).rows<{ state: string; tell: string[] }>(sql`
        SELECT d.state, s.tell FROM deadline d JOIN deadline_step s ON s.deadline_id = d.id
        WHERE d.kind = 'record_changed' AND s.position = 0`);
    await verifyAtNight(hub, record);
    expect(await told()).toEqual([]);
    await asSuperuser(hub.url, EDIT);
    await verifyAtNight(hub, record);
    await verifyAtNight(hub, record);
    expect(await told()).toEqual([{ state: 'open', tell: ['practice_manager', 'service_manager'] }]);
    await hub.fireDue.execute();
    const alerts = await hub.database
      .as(SERVICE)
      .rows<{ rating: string }>(
        sql`SELECT a.rating FROM alert a JOIN deadline d ON d.id = deadline_id WHERE kind = 'record_changed'`,
      );
    expect(alerts).toHaveLength(1);
    await asSuperuser(hub.url, UNDO);
    await verifyAtNight(hub, record);
    expect(await told()).toMatchObject([{ state: 'met' }]);
  });

  it('is a figure of the service, with the age of the last checkpoint, and no finding of the watchdog', async () => {
    const figures = async () => {
      const { isRecordVerified, checkpointAgeSeconds } = await new ReadServiceState(hub.database).figures();
      return [isRecordVerified, checkpointAgeSeconds];
    };
    expect(await figures()).toEqual([null, 0]);
    await hub.moveBy({ minutes: 2 });
    await verifyAtNight(hub, record);
    expect(await figures()).toEqual([true, 120]);
    await asSuperuser(hub.url, EDIT);
    await verifyAtNight(hub, record);
    expect(await figures()).toEqual([false, 120]);
    expect(await hub.invariants.execute()).toEqual([]);
  });
});

describe('the command that verifies the record', () => {
  const key = () => {
    const file = join(record.folder, 'public-key.pem');
    writeFileSync(file, record.publicKey.export({ type: 'spki', format: 'pem' }));
    return file;
  };
  const verify = async (checkpoints?: string, publicKey?: string) => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const code = await verifyRecord(hub.database, { checkpoints, publicKey }, say, () => undefined);
    return { code, said: lines.join('\n') };
  };

  it('ends with 0 where the record is whole, and says up to when', async () => {
    const { code, said } = await verify(record.folder, key());
    expect(code).toBe(0);
    expect(said).toMatch(
      /^\d+ entries up to 2026-.*Z: all as they were written, compared with 1 checkpoint, the last of 2026-11-23T10:00:00Z\.$/,
    );
  });

  it('D9: ends with 1 where a row was changed, and names it', async () => {
    const [, row] = await record.entries(7);
    await asSuperuser(hub.url, EDIT);
    const { code, said } = await verify(record.folder, key());
    expect(code).toBe(1);
    expect(said).toContain(`Edited: 2026-11-23T10:00:00Z ${row!.id} (lane 7, number 2)`);
    expect((await verify()).code).toBe(1);
  });

  it('says of a record that ends before its checkpoints that a restore may have left it so, and what to do then', async () => {
    await asSuperuser(
      hub.url,
      'DELETE FROM audit_entry WHERE lane = 7 AND lane_seq > 1',
      `UPDATE record_lane SET seq = 1, hash = (SELECT hash FROM audit_entry WHERE lane = 7 AND lane_seq = 1) WHERE lane = 7`,
    );
    const { code, said } = await verify(record.folder, key());
    expect(code).toBe(1);
    expect(said).toContain('Rolled back: lane 7, numbers 2 to 3.');
    expect(said).toContain(
      'The checkpoints, up to 2026-11-23T10:00:00Z, name entries that this database does not have.',
    );
    expect(said).toContain('go on in docs/go-live/runbook.md under "Restore from a backup"');
    await asSuperuser(hub.url, EDIT.replace('lane_seq = 2', 'lane_seq = 1'));
    expect((await verify()).said).not.toContain('restore');
  });

  it('ends with 2 where there is nothing outside of the database to compare with', async () => {
    const without = await verify(record.folder);
    expect(without.code).toBe(2);
    expect(without.said).toContain('give --checkpoints FOLDER and --public-key FILE');
    rmSync(join(record.folder, '2026-11-23'), { recursive: true });
    expect((await verify(record.folder, key())).said).toContain('there is none in');
  });

  it('says which key or folder cannot be read', async () => {
    writeFileSync(join(record.folder, 'no-key.pem'), 'no key');
    await expect(verify(record.folder, join(record.folder, 'no-key.pem'))).rejects.toThrow(
      /no file of an Ed25519 public key/,
    );
    await expect(verify('/nowhere', key())).rejects.toThrow(/The checkpoints in \/nowhere cannot be read/);
  });
});
