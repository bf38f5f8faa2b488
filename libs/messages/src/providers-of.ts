import type { ChannelSettings } from '#platform';
import { channelsInUse } from '#rota';
import type { Mailer } from './mailer.ts';
import type { Provider } from './provider.ts';
import { notifyProvider } from './providers/notify.ts';
import { CONSOLE, LOOPBACK, teamsProvider, webhookProvider } from './providers/posted.ts';
import { smtpProvider } from './providers/smtp.ts';

/**
 * The providers of each channel in use, and the loop back of the canary. E-mail goes by GOV.UK Notify where the hub has
 * a template for it there, and by the mail server otherwise.
 */
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
