import type { Channel } from '#domain';
import type { Mailer } from './mailer.ts';
import type { ChannelSettings } from '#platform';
import type { ChannelsInUse } from '#rota';
import type { Provider } from './provider.ts';
import { notifyProvider } from './providers/notify.ts';
import { CONSOLE, LOOPBACK, teamsProvider, webhookProvider } from './providers/posted.ts';
import { smtpProvider } from './providers/smtp.ts';

/** The channels that a hub has set up. E-mail goes by GOV.UK Notify where that has a template for it. */
export function channelsInUse(settings: ChannelSettings): ChannelsInUse {
  const channels: Channel[] = ['email', 'console'];
  if (settings.NOTIFY_API_KEY && settings.NOTIFY_SMS_TEMPLATE) channels.push('sms');
  if (settings.TEAMS_WEBHOOK_URL) channels.push('teams');
  if (settings.ALERT_WEBHOOK_URL && settings.ALERT_WEBHOOK_SECRET) channels.push('webhook');
  return new Set(channels);
}

/** Those who carry each channel in use, and the canary's loop back. */
export function providersOf(settings: ChannelSettings, mailer: Mailer): readonly Provider[] {
  const inUse = channelsInUse(settings);
  const byNotify =
    settings.NOTIFY_API_KEY === undefined
      ? null
      : notifyProvider({
          url: settings.NOTIFY_URL,
          apiKey: settings.NOTIFY_API_KEY,
          emailTemplate: settings.NOTIFY_EMAIL_TEMPLATE,
          smsTemplate: settings.NOTIFY_SMS_TEMPLATE,
        });
  return [
    LOOPBACK,
    CONSOLE,
    ...(byNotify?.channels.includes('email') ? [] : [smtpProvider(mailer)]),
    ...(byNotify === null || byNotify.channels.length === 0 ? [] : [byNotify]),
    ...(inUse.has('teams') ? [teamsProvider(settings.TEAMS_WEBHOOK_URL!)] : []),
    ...(inUse.has('webhook') ? [webhookProvider(settings.ALERT_WEBHOOK_URL!, settings.ALERT_WEBHOOK_SECRET!)] : []),
  ];
}
