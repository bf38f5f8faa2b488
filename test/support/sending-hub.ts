import { randomBytes, randomUUID } from 'node:crypto';
import { FireDue } from '#alerts';
import type { Rung } from '#domain';
import { channelsInUse, Dispatcher, providersOf, RecordOutcome, AskProviders, type Provider, Mailer } from '#messages';
import { createLogger, type ChannelSettings } from '#platform';
import { SERVICE, type Delivery, sql } from '#store';
import { startMailbox } from '../../scripts/demonstration/mailbox.ts';
import { stopClock } from '../../scripts/demonstration/shift-clock.ts';
import { startNotifyStandIn } from '../../scripts/stand-ins/notify.ts';
import { createHub } from './hub.ts';
import { startReceiver } from './receiver.ts';

/** Nobody has a number until a test gives them one. */
export const PHONE = '07700900123';

export type DeliveryRow = Pick<
  Delivery,
  'id' | 'channel' | 'recipientId' | 'state' | 'attempts' | 'nextAttemptAt' | 'messageId' | 'failure'
>;

/** A hub that sends by real providers to stand-ins. Nothing is sent but when a test says so, on its stopped clock. */
export async function createSendingHub(
  channels: readonly ('notify' | 'teams' | 'webhook')[],
  startAt = '2026-11-23T10:00[Europe/London]',
) {
  const hub = await createHub(startAt);
  const { database, policies } = hub;
  const [notify, mailbox, receiver] = [await startNotifyStandIn(), await startMailbox(0), await startReceiver()];
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const settings = {
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'mash@hub.example.org',
    CONSOLE_URL: 'https://console.hub.example.org',
    NOTIFY_URL: notify.url,
    NOTIFY_API_KEY: notify.apiKey,
    ...(channels.includes('notify')
      ? { NOTIFY_EMAIL_TEMPLATE: randomUUID(), NOTIFY_SMS_TEMPLATE: randomUUID() }
      : undefined),
    ...(channels.includes('teams') ? { TEAMS_WEBHOOK_URL: receiver.url } : undefined),
    ...(channels.includes('webhook') ? { ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: secret } : undefined),
  } as ChannelSettings;
  const mailer = new Mailer(settings.SMTP_URL, settings.MAIL_FROM);
  const inUse = channelsInUse(settings);
  const silent = createLogger('test', 'silent');
  const providers = providersOf(settings, mailer);
  const outcome = new RecordOutcome(database, policies, inUse);
  const fireDue = new FireDue(database, policies, inUse, silent);
  const sender = { consoleUrl: settings.CONSOLE_URL, timeZone: 'Europe/London' };
  const dispatcherOf = (provider: Provider) => new Dispatcher(database, provider, sender, outcome, silent);
  const dispatchers = providers.map(dispatcherOf);
  const deliveries = () =>
    database.as(SERVICE).rows<DeliveryRow>(
      sql`SELECT id, channel, recipient_id AS "recipientId", state, attempts, next_attempt_at AS "nextAttemptAt",
         message_id AS "messageId", failure FROM delivery
       ORDER BY (SELECT fired_at FROM alert WHERE id = alert_id), alert_id, channel, id`,
    );

  return {
    ...hub,
    notify,
    mailbox,
    receiver,
    secret,
    settings,
    outcome,
    dispatcherOf,
    deliveries,
    /** By which name a provider is known. */
    provider: (name: string) => providers.find((one) => one.name === name)!,
    fire: () => fireDue.execute(),
    /** Sends all that is due at this moment. */
    send: async () => {
      for (const dispatcher of dispatchers) await dispatcher.sendDue();
    },
    settleDoubt: (by = providers) => new AskProviders(database, by, outcome, silent).execute(),
    moveBy: async (duration: Temporal.DurationLike) => stopClock(database, (await database.now()).add(duration)),
    moveToInstant: (at: Temporal.Instant) => stopClock(database, at),
    givePhone: (id: string, phone = PHONE) =>
      database.as(SERVICE).rows(sql`UPDATE staff_member SET phone = ${phone} WHERE id = ${id}`),
    /** As a policy with another ladder would have armed the steps. */
    withLadder: (ladder: readonly Rung[]) =>
      database
        .as(SERVICE)
        .rows(sql`UPDATE deadline_step SET ladder = ${JSON.stringify(ladder)} WHERE state = 'waiting'`),
    deliveriesTo: async (recipientId: string) =>
      (await deliveries()).filter((delivery) => delivery.recipientId === recipientId),
    openDeadlines: async (kind: string) =>
      (
        await database
          .as(SERVICE)
          .rows<{ subject: string }>(
            sql`SELECT subject FROM deadline WHERE kind = ${kind} AND state = 'open' ORDER BY id`,
          )
      ).map(({ subject }) => subject),
    drop: async () => {
      mailer.close();
      await Promise.all([notify.close(), mailbox.close(), receiver.close()]);
      await hub.drop();
    },
  };
}

export type SendingHub = Awaited<ReturnType<typeof createSendingHub>>;
