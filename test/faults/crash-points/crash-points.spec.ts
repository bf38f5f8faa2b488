import { SubmitReferral } from '#referrals';
import { SERVICE, sql, type Sql } from '#store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAgency } from '../../support/agencies-and-staff.ts';
import { aFracturedToddler } from '../../support/referrals.ts';
import { createSendingHub, type SendingHub } from '../../support/sending-hub.ts';
import type { Given, PathName } from './paths.ts';
import { Victims } from './victims.ts';

/** A kill at every statement and every await of the paths on which nothing may be lost. */
const compileCache = mkdtempSync(join(tmpdir(), 'mash-crash-points-'));
let hub: SendingHub;
let victims: Victims;

async function begin(channels: Parameters<typeof createSendingHub>[0]): Promise<void> {
  hub = await createSendingHub(channels);
  victims = new Victims(hub.database, hub.url, compileCache);
}
afterEach(async () => {
  victims.close();
  await hub.drop();
});
afterAll(() => rmSync(compileCache, { recursive: true, force: true }));

interface Turn<P extends PathName> {
  readonly given: Given[P];
  /** Does again what whoever was killed was about to do, and says what must hold then. */
  readonly recover: () => Promise<void>;
}

/** Goes the path once to its end, and then once to each of its points, where the process is killed. */
async function killEverywhere<P extends PathName>(
  name: string,
  path: P,
  turn: () => Promise<Turn<P>>,
  providerPort: number | null = null,
): Promise<void> {
  const whole = await turn();
  const points = await victims.passing({ path, given: whole.given, providerPort });
  await whole.recover();
  const killed: string[] = [];
  for (const point of points) {
    const { given, recover } = await turn();
    killed.push(await victims.killedAt(point, { path, given, providerPort }));
    try {
      await recover();
      expect(await hub.invariants.execute()).toEqual([]);
    } catch (error) {
      throw new Error(`${name}, killed at ${point}: ${(error as Error).message}`, { cause: error });
    }
  }
  expect(killed).toEqual(points);
  expect(points.length).toBeGreaterThan(5);
  process.stdout.write(`${name}: ${points.length} points, killed at every one\n  ${points.join('\n  ')}\n`);
}

const count = async (rows: Sql) =>
  (await hub.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${rows}`))!.n;

/** A red, ready for its first alert or for more: the clock goes back for each, since it is its own story. */
async function redAt(time: string): Promise<string> {
  await hub.moveTo('2026-11-23T10:00');
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo(`2026-11-23T${time}`);
  return reference;
}

const referral = (reference: string) => sql`(SELECT id FROM referral WHERE reference = ${reference})`;

it('accept: a key has one referral, and the retry is answered with it', async () => {
  await begin([]);
  const { agencyId } = await addAgency(hub.database, 'Crash School');
  const again = hub.whole.get(SubmitReferral);
  let accepted = 0;
  const replays: boolean[] = [];
  await killEverywhere('accept', 'accept', async () => {
    const given = { agencyId, idempotencyKey: randomUUID(), referral: aFracturedToddler() };
    const recover = async () => {
      const { answer, replayed } = await again.execute(given);
      replays.push(replayed);
      const { reference } = answer;
      expect(await count(sql`referral WHERE agency_id = ${agencyId}`)).toBe(++accepted);
      expect(
        await count(sql`idempotency_key WHERE key = ${given.idempotencyKey} AND referral_id = ${referral(reference)}`),
      ).toBe(1);
      expect(await count(sql`deadline WHERE referral_id = ${referral(reference)}`)).toBe(2);
      expect(await count(sql`job WHERE payload->>'referralId' = ${referral(reference)}::text`)).toBe(2);
      expect(
        await count(sql`audit_entry WHERE act = 'referral.submitted' AND referral_id = ${referral(reference)}`),
      ).toBe(1);
    };
    return { given, recover };
  });
  expect(new Set(replays)).toEqual(new Set([true, false]));
}, 400_000);

it('fire: a due step has one alert, an alert one delivery to each person told, a repeat one successor', async () => {
  await begin([]);
  await killEverywhere('fire', 'fire', async () => {
    const reference = await redAt('14:00');
    const recover = async () => {
      await hub.fire();
      expect(await hub.alertsOf(reference)).toHaveLength(4);
      expect(
        await count(sql`delivery JOIN alert ON alert.id = alert_id WHERE alert.referral_id = ${referral(reference)}`),
      ).toBe(5);
      expect(
        await count(
          sql`deadline_step JOIN deadline d ON d.id = deadline_id WHERE referral_id = ${referral(reference)} AND deadline_step.state = 'waiting'`,
        ),
      ).toBe(1);
    };
    return { given: {}, recover };
  });
}, 400_000);

/** A minute in which the lease runs out, whoever sends is asked or not, and what is queued goes. */
async function recoverDelivery(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await hub.askProviders();
    await hub.send();
    await hub.moveBy({ seconds: 11 });
  }
}

async function delivered(reference: string): Promise<void> {
  const states = await hub.database.as(SERVICE).rows<{ state: string }>(
    sql`SELECT delivery.state FROM delivery JOIN alert ON alert.id = alert_id
        WHERE alert.referral_id = ${referral(reference)}`,
  );
  expect(states).toHaveLength(1);
  expect(['accepted', 'delivered']).toContain(states[0]!.state);
  expect(await count(sql`deadline WHERE kind = 'undelivered'`)).toBe(0);
}

const portOf = (url: string) => Number(new URL(url).port);

it('deliver by Notify: the message is sent exactly once', async () => {
  await begin(['notify']);
  const turn = async () => {
    const reference = await redAt('10:30');
    await hub.fire();
    const recover = async () => {
      await recoverDelivery();
      await delivered(reference);
      const taken = hub.notify.taken.filter(({ personalisation }) => personalisation['subject']!.includes(reference));
      expect(taken).toHaveLength(1);
    };
    return { given: { provider: 'notify', settings: hub.settings }, recover };
  };
  await killEverywhere('deliver by Notify', 'deliver', turn, portOf(hub.notify.url));
}, 400_000);

it('deliver by SMTP: the message is sent, at most once more than once, and under one id', async () => {
  await begin([]);
  let twice = 0;
  const turn = async () => {
    const reference = await redAt('10:30');
    await hub.fire();
    const recover = async () => {
      await recoverDelivery();
      await delivered(reference);
      const mails = hub.mailbox.mails.filter(({ subject }) => subject.includes(reference));
      expect([1, 2]).toContain(mails.length);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      twice += mails.length - 1;
    };
    return { given: { provider: 'smtp', settings: hub.settings }, recover };
  };
  await killEverywhere('deliver by SMTP', 'deliver', turn, portOf(hub.mailbox.smtpUrl));
  expect(twice).toBeGreaterThan(0);
}, 400_000);

it('acknowledge: a chain is paused once, whoever does it again', async () => {
  await begin([]);
  await killEverywhere('acknowledge', 'acknowledge', async () => {
    const reference = await redAt('10:30');
    await hub.fire();
    const given = { reference, by: hub.screener };
    const recover = async () => {
      // Who was killed after the commit is told that there is nothing left to acknowledge.
      await hub.acknowledge
        .execute(given)
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'not-found' }));
      const paused = await hub.database.as(SERVICE).rows(
        sql`SELECT k.paused_until = d.paused_until AND d.paused_until = ${hub.at('2026-11-23T11:00')} AS once
         FROM acknowledgement k JOIN deadline d ON d.id = k.deadline_id WHERE d.referral_id = ${referral(reference)}`,
      );
      expect(paused).toEqual([{ once: true }]);
      expect(
        await count(sql`audit_entry WHERE act = 'alert.acknowledged' AND referral_id = ${referral(reference)}`),
      ).toBe(1);
    };
    return { given, recover };
  });
}, 400_000);
