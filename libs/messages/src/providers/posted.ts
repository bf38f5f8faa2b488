import { Webhook } from 'standardwebhooks';
import { NotSent, SEND_WITHIN_MS, type Message, type Provider } from '../provider.ts';

/** A Workflows webhook of Microsoft Teams. It answers before anything is posted: advisory, never the only channel. */
export function teamsProvider(url: string): Provider {
  return {
    name: 'teams',
    channels: ['teams'],
    atOnce: 2,
    limit: { perSecond: 4, burst: 4, keptForRed: 1 },
    digests: true,
    send: async ({ subject, text }) => post(url, JSON.stringify(card(subject, text)), {}),
  };
}

/** Another system, told by a signed webhook (standardwebhooks.com). */
export function webhookProvider(url: string, secret: string): Provider {
  const webhook = new Webhook(secret);
  return {
    name: 'webhook',
    channels: ['webhook'],
    atOnce: 4,
    digests: false,
    send: async ({ id, at, alerts }: Message) => {
      const body = JSON.stringify({ type: 'alert.fired', timestamp: at.toString(), data: alerts[0] });
      const sentAt = new Date(at.epochMilliseconds);
      await post(url, body, {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, sentAt, body),
      });
    },
  };
}

/** The console shows what is in the database; the canary's message comes back at once. Nothing leaves the building. */
export const CONSOLE: Provider = {
  name: 'console',
  channels: ['console'],
  atOnce: 32,
  digests: false,
  send: async () => undefined,
};
export const LOOPBACK: Provider = {
  name: 'loopback',
  channels: ['loopback'],
  atOnce: 2,
  digests: false,
  send: async () => undefined,
};

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(SEND_WITHIN_MS),
  });
  await response.body?.cancel();
  if (response.ok) return;
  const reason = response.status === 410 ? 'address-failed' : response.status === 429 ? 'limited' : 'try-again';
  throw new NotSent(reason, String(response.status));
}

function card(title: string, text: string) {
  const block = (words: string, more: object) => ({ type: 'TextBlock', text: words, wrap: true, ...more });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(title, { weight: 'Bolder', size: 'Medium' }),
            ...text.split('\n\n').map((line) => block(line, {})),
          ],
        },
      },
    ],
  };
}
