import { loadPackage } from '#platform';
import { NotSent, type Message, type Provider, type Receipt } from '../provider.ts';

export interface NotifySettings {
  readonly url: string;
  readonly apiKey: string;
  readonly emailTemplate: string | undefined;
  readonly smsTemplate: string | undefined;
}

/**
 * GOV.UK Notify takes 3,000 messages a minute: 50 a second, and 1,001 at once. We stay a second's worth below, since
 * what leaves evenly may arrive in a bunch.
 */
const LIMIT = { perSecond: 50, burst: 950, keptForRed: 50 };

/** GOV.UK Notify, by e-mail and text message. Our message id is its `reference`, by which it can be asked. */
export function notifyProvider({ url, apiKey, emailTemplate, smsTemplate }: NotifySettings): Provider {
  const { NotifyClient } = loadPackage('notifications-node-client') as typeof import('notifications-node-client');
  const client = new NotifyClient(url, apiKey);
  const personalised = ({ id, subject, text }: Message) => ({
    personalisation: { subject, message: text },
    reference: id,
  });
  return {
    name: 'notify',
    channels: [...(emailTemplate ? ['email' as const] : []), ...(smsTemplate ? ['sms' as const] : [])],
    atOnce: 32,
    limit: LIMIT,
    digests: true,
    send: async (message) => {
      try {
        await (message.channel === 'sms'
          ? client.sendSms(smsTemplate!, message.to, personalised(message))
          : client.sendEmail(emailTemplate!, message.to, personalised(message)));
      } catch (error) {
        throw whyNot(error);
      }
    },
    lookUp: async (messageId) => {
      const { data } = await client.getNotifications(undefined, undefined, messageId);
      const status = data.notifications[0]?.status;
      return status === undefined ? null : asReceipt(status);
    },
  };
}

const RECEIPTS: Readonly<Record<string, Receipt>> = {
  delivered: 'delivered',
  'permanent-failure': 'address-failed',
  'temporary-failure': 'try-again',
  'technical-failure': 'try-again',
};

/** A status of Notify in our words; what is still on its way is accepted. */
export function asReceipt(status: string): Receipt {
  return RECEIPTS[status] ?? 'accepted';
}

/** An answer of Notify's says that it has not taken the message. Without one it is not known, and the error goes on. */
function whyNot(error: unknown): unknown {
  const { response, code } = error as {
    response?: { status: number; data?: { errors?: readonly { error?: string; message?: string }[] } };
    code?: string;
  };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return new NotSent('try-again', code);
  if (response === undefined) return error;
  const fault = response.data?.errors?.[0];
  // Its limit of a day looks the same but for the name: waiting a second does not help against that one.
  if (response.status === 429)
    return new NotSent(fault?.error === 'TooManyRequestsError' ? 'try-again' : 'limited', '429');
  if (response.status === 502 || response.status === 504) return error;
  const isAboutTheAddress =
    response.status === 400 && /phone_number|email_address|phone number/i.test(fault?.message ?? '');
  return new NotSent(isAboutTheAddress ? 'address-failed' : 'try-again', `${response.status}`);
}
