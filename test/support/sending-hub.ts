import { randomBytes, randomUUID } from 'node:crypto';
import { channelsInUse, Dispatcher, FireDue, providersOf, RecordOutcome, SettleDoubt, type Provider } from '#alerts';
import { createLogger, Mailer, type ChannelSettings } from '#platform';
import type { Database } from '#store';
import { startMailbox } from '../../scripts/demonstration/mailbox.ts';
import { startNotifyStandIn } from '../../scripts/stand-ins/notify.ts';
import { createHub } from './hub.ts';
import { startReceiver } from './receiver.ts';
import type { UseCases } from './use-cases.ts';

export type Channels = readonly ('notify' | 'teams' | 'webhook')[];

/**
 * A hub that sends by real providers to stand-ins. Nothing is sent but when a test says so, on its stopped clock.
 *
 * @param channels the ways out beside e-mail by SMTP
 */
export async function createSendingHub(channels: Channels) {
  const hub = await createHub();
  let outside = await startOutside(channels);
  const atWork = () => sendingOf(hub.database, hub.policies, outside);

  const sending = {
    ...hub,
    ...outside,
    ...atWork(),
    /** Puts the hub and everything outside it back to the beginning. @param by the ways out from now on */
    reset: async (by: Channels = channels): Promise<void> => {
      await Promise.all([hub.reset(), outside.close()]);
      outside = await startOutside(by);
      Object.assign(sending, hub, outside, atWork(), { reset: sending.reset, drop: sending.drop });
    },
    drop: async (): Promise<void> => {
      await outside.close();
      await hub.drop();
    },
  };
  return sending;
}

export type SendingHub = Awaited<ReturnType<typeof createSendingHub>>;

/** Stand-ins for what is outside the hub, and the settings that lead there. */
async function startOutside(channels: Channels) {
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
  return {
    notify,
    mailbox,
    receiver,
    secret,
    settings,
    mailer,
    close: async () => {
      mailer.close();
      await Promise.all([notify.close(), mailbox.close(), receiver.close()]);
    },
  };
}

/** What the worker does to send, with everything composed as it composes it. */
function sendingOf(
  database: Database,
  policies: UseCases['policies'],
  { settings, mailer }: Awaited<ReturnType<typeof startOutside>>,
) {
  const inUse = channelsInUse(settings);
  const silent = createLogger('test', 'silent');
  const providers = providersOf(settings, mailer);
  const outcome = new RecordOutcome(database, policies, inUse);
  const fireDue = new FireDue(database, policies, inUse, silent);
  const sender = { consoleUrl: settings.CONSOLE_URL, timeZone: 'Europe/London' };
  const dispatcherOf = (provider: Provider) => new Dispatcher(database, provider, sender, outcome, silent);
  const dispatchers = providers.map(dispatcherOf);
  return {
    outcome,
    dispatcherOf,
    /** The provider of a name. */
    provider: (name: string) => providers.find((one) => one.name === name)!,
    fire: () => fireDue.execute(),
    /** Sends all that is due at this moment. */
    send: async () => {
      for (const dispatcher of dispatchers) await dispatcher.sendDue();
    },
    settleDoubt: (by = providers) => new SettleDoubt(database, by, outcome, silent).execute(),
  };
}
