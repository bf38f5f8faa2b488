import { AlertMessages } from '#alerts';
import { Policies, takeDueSteps } from '#deadlines';
import { UndoDecision } from '#decisions';
import { Dispatcher, RecordOutcome, type MessagePurpose, type Provider } from '#messages';
import { createLogger } from '#platform';
import { SERVICE, sql, type Sql, type Transaction } from '#store';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub([]);
});
afterAll(() => hub.drop());

const silent = createLogger('test', 'silent');

/** Decides a referral so that it takes effect. @returns the person who can take that back */
async function decided(reference: string) {
  const signOff = await hub.decides(hub.socialWorker, reference);
  if (signOff.length === 0) return hub.socialWorker;
  await hub.signsOff(hub.manager, reference);
  return hub.manager;
}

/** Lets hours go by until the first alert is fired. */
async function untilFired(): Promise<void> {
  while ((await hub.deliveries()).length === 0) {
    await hub.moveBy({ hours: 1 });
    await hub.fire();
  }
}

/** The words of alerts, written when the gate opens. */
function writtenWhen(gate: Promise<void>): MessagePurpose {
  const real = hub.whole.get(AlertMessages);
  return {
    purpose: 'alert',
    followUp: (tx, outcome) => real.followUp(tx, outcome),
    compose: async (tx, claimed) => {
      await gate;
      return real.compose(tx, claimed);
    },
  };
}
const sendingWith = (words: MessagePurpose, provider: Provider) =>
  new Dispatcher(hub.database, provider, [words], hub.whole.get(RecordOutcome), silent).sendDue();
const isBeingSent = async () => (await hub.deliveries()).some(({ state }) => state === 'sending');
const mailsAbout = (reference: string) => hub.mailbox.mails.filter((mail) => JSON.stringify(mail).includes(reference));

async function sendForMinutes(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await hub.moveBy({ minutes: 2 });
    await hub.send();
  }
}

describe('an alert that was not needed when its digest was written', () => {
  it('is told after all when the decision is taken back while the digest is being sent', async () => {
    await hub.reset([]);
    const references: string[] = [];
    for (let count = 0; count < 6; count++) references.push(await hub.submit(aRoutineAmber()));
    await hub.moveTo('2026-11-23T17:30');
    await untilFired();
    const fired = new Set((await hub.deliveries()).map(({ id }) => id));
    const deciders = await Promise.all(
      references.slice(0, 3).map(async (reference) => [reference, await decided(reference)] as const),
    );
    const smtp = hub.provider('smtp');
    const left = [...deciders];
    const provider: Provider = {
      ...smtp,
      send: async (message) => {
        const isDigest = !fired.has(message.id);
        if (isDigest) for (const [reference, by] of left.splice(0)) await hub.takesBack(by, reference);
        await smtp.send(message);
      },
    };
    await hub.dispatcherOf(provider).sendDue();
    expect(left).toEqual([]);
    await sendForMinutes(5);
    expect(references.map((reference) => mailsAbout(reference).length > 0)).toEqual(Array(6).fill(true));
  });
});

describe('an alert that is dropped', () => {
  it('is told after all when the decision is taken back at the same moment', async () => {
    await hub.reset([]);
    const reference = await hub.submit(aRoutineAmber());
    await untilFired();
    const by = await decided(reference);
    const gate = Promise.withResolvers<void>();
    const sending = sendingWith(writtenWhen(gate.promise), hub.provider('smtp'));
    await until(isBeingSent);
    const last = (await hub.read(reference)).decisions.at(-1)!;
    const undone = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const undoing = hub.database.as(by).transaction(async (tx) => {
      await new UndoDecision(tx.inside(), hub.whole.get(Policies)).execute({
        reference,
        undoes: last.signOff?.id ?? last.id,
        by,
      });
      undone.resolve();
      await commit.promise;
    });
    await undone.promise;
    gate.resolve();
    await hub.untilWaiting(1);
    commit.resolve();
    await Promise.all([undoing, sending]);
    await sendForMinutes(3);
    expect(mailsAbout(reference)).not.toEqual([]);
  });
});

describe('a step that only an unclaimed referral needs', () => {
  it.each([
    ['red', aFracturedToddler],
    ['amber', aRoutineAmber],
  ])('fires when a %s is put back on the queue while the step is being taken', async (_, make) => {
    await hub.reset([]);
    const reference = await hub.submit(make());
    const step = (await hub.database.as(SERVICE).row<{ at: Temporal.Instant }>(sql`
      SELECT min(s.fire_at) AS at FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id
      WHERE s.only_if_unclaimed AND s.state = 'waiting'`))!;
    await hub.claims(hub.socialWorker, reference);
    await hub.moveToInstant(step.at);
    const taken = await hub.database.as(SERVICE).transaction((tx) => {
      let asked = 0;
      // Between the statement that locks the steps and the one that decides.
      const slow = Object.create(tx) as Transaction;
      slow.rows = async <T>(statement: Sql): Promise<T[]> => {
        if (asked++ === 1) await hub.database.as(hub.socialWorker).transaction((other) => unclaim(other, reference));
        return tx.rows<T>(statement);
      };
      return takeDueSteps(slow, 500, []);
    });
    expect(taken.map(({ fired }) => fired)).toContain(true);
  });
});

/** As `releaseReferral` does, without waiting for the step that is being taken. */
async function unclaim(tx: Transaction, reference: string): Promise<void> {
  await tx.run(sql`UPDATE referral SET claimed_by = NULL, claimed_at = NULL, claim_lapses_at = NULL
    WHERE reference = ${reference}`);
}

describe('a message whose worker was slow before it sent', () => {
  it('is sent once, by the worker that has the lease by then', async () => {
    await hub.reset(['notify']);
    await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    // Slow in taking the transaction in which the message is written.
    const gate = Promise.withResolvers<void>();
    const real = hub.whole.get(AlertMessages);
    const database = Object.create(hub.database) as typeof hub.database;
    let claimed = false;
    database.as = (actor) => {
      const acting = Object.create(hub.database.as(actor)) as ReturnType<typeof hub.database.as>;
      const transaction = acting.transaction.bind(hub.database.as(actor));
      acting.transaction = async (work) => {
        if (claimed) await gate.promise;
        claimed = true;
        return transaction(work);
      };
      return acting;
    };
    const sending = new Dispatcher(
      database, hub.provider('notify'), [real], hub.whole.get(RecordOutcome), silent,
    ).sendDue(); // prettier-ignore
    await until(isBeingSent);
    await hub.moveBy({ seconds: 11 });
    await hub.askProviders();
    await hub.moveBy({ seconds: 3 });
    await hub.send();
    gate.resolve();
    await sending;
    expect(hub.notify.taken).toHaveLength(new Set(hub.notify.taken.map(({ reference }) => reference)).size);
  });
});

describe('a receipt', () => {
  it('that a message has arrived keeps it from being sent again', async () => {
    await hub.reset([]);
    await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    const smtp = hub.provider('smtp');
    const dying: Provider = {
      ...smtp,
      send: async (message) => {
        await smtp.send(message);
        throw new Error('killed');
      },
    };
    await hub.dispatcherOf(dying).sendDue();
    const { id } = (await hub.deliveries())[0]!;
    await hub.moveBy({ seconds: 11 });
    await hub.askProviders();
    await hub.outcome.receipt(id, 'delivered');
    const before = hub.mailbox.mails.length;
    await sendForMinutes(2);
    expect((await hub.deliveries()).find((one) => one.id === id)!.state).toBe('delivered');
    expect(hub.mailbox.mails).toHaveLength(before);
  });

  it('to try again leaves it on the record that the referrer was told in the end', async () => {
    await hub.reset(['notify']);
    const reference = await hub.submit(aRoutineAmber());
    await hub.handsOverLetter(reference);
    const { id } = await hub.letterOf(reference);
    await hub.dispatcherOf(hub.provider('notify')).sendDue();
    await hub.outcome.receipt(id, 'try-again');
    await hub.moveBy({ seconds: 10 });
    await hub.send();
    await hub.outcome.receipt(id, 'delivered');
    await hub.followUp.execute();
    expect(await hub.recordOf('referral.acknowledged-to-referrer')).not.toEqual([]);
  });
});
