import { randomBytes, randomUUID } from 'node:crypto';
import { AlertMessages } from '#alerts';
import { FeedbackLetters } from '#feedback';
import { AskProviders, Dispatcher, RecordOutcome, type Provider } from '#messages';
import { WeeklyLetters } from '#oversight';
import { createLogger, type ChannelSettings } from '#platform';
import { AcknowledgementLetters, AcknowledgeReferral } from '#referrals';
import { Referral, SERVICE } from '#store';
import { startMailbox } from '../../scripts/demonstration/mailbox.ts';
import { startNotifyStandIn } from '../../scripts/stand-ins/notify.ts';
import { createHub, type Hub } from './hub.ts';
import { startReceiver } from './receiver.ts';
import { useCasesOf } from './use-cases.ts';

export type Channels = readonly ('notify' | 'teams' | 'webhook')[];

/**
 * A hub that sends by real providers to stand-ins. Nothing is sent but when a test says so, on its stopped clock.
 *
 * @param channels the ways out beside e-mail by SMTP
 */
export async function createSendingHub(channels: Channels) {
  const hub = await createHub();
  let outside = await startOutside(channels);
  const atWork = () => sendingOf(hub, outside);

  const sending = {
    ...hub,
    ...outside,
    ...(await atWork()),
    /** Puts the hub and everything outside it back to the beginning. @param by the ways out from now on */
    reset: async (by: Channels = channels): Promise<void> => {
      await sending.whole.close();
      await Promise.all([hub.reset(), outside.close()]);
      outside = await startOutside(by);
      Object.assign(sending, hub, outside, await atWork(), { reset: sending.reset, drop: sending.drop });
    },
    drop: async (): Promise<void> => {
      await sending.whole.close();
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
  return {
    notify,
    mailbox,
    receiver,
    secret,
    settings,
    close: async () => {
      await Promise.all([notify.close(), mailbox.close(), receiver.close()]);
    },
  };
}

/** What the worker does to send, with everything composed as it composes it. */
async function sendingOf(hub: Hub, { settings }: Awaited<ReturnType<typeof startOutside>>) {
  const { database } = hub;
  const cases = await useCasesOf(database, hub.agency.agencyId, settings);
  const { sending, whole, endUndelivered, followUp, fireDue } = cases;
  const purposes = [
    whole.get(AlertMessages),
    whole.get(AcknowledgementLetters),
    whole.get(FeedbackLetters),
    whole.get(WeeklyLetters),
  ];
  const outcome = whole.get(RecordOutcome);
  const silent = createLogger('test', 'silent');
  return {
    whole,
    sending,
    followUp,
    outcome,
    dispatcherOf: (provider: Provider) => new Dispatcher(database, provider, purposes, outcome, silent),
    /** The provider of a name. */
    provider: (name: string) => sending.providers.find((one) => one.name === name)!,
    fire: () => fireDue.execute(),
    /** Hands over the letter to the referrer, as the job does. */
    handsOverLetter: (reference: string) =>
      database.as(SERVICE).transaction(async (tx) => {
        const { id: referralId } = (await tx.one(Referral, { reference }, ['id']))!;
        await new AcknowledgeReferral().handle({ referralId }, tx);
      }),
    /** Sends all that is due at this moment, and acts on the outcomes. */
    send: () => sending.sendDue(),
    /** Asks the providers, acts on the outcomes, and ends the alert about alerts where none is left. */
    askProviders: async (by = sending.providers) => {
      await new AskProviders(database, by, outcome, silent).execute();
      await followUp.execute();
      await endUndelivered.execute();
    },
  };
}
