import { MailNotTaken, type Mailer } from '../mailer.ts';
import { NotSent, type Provider } from '../provider.ts';

/** The authority's own mail server. It cannot be asked what became of a message. */
export function smtpProvider(mailer: Mailer): Provider {
  return {
    name: 'smtp',
    channels: ['email'],
    atOnce: 8,
    digests: true,
    send: async ({ id, to, subject, text, alerts }) => {
      try {
        await mailer.send({ id: `${alerts.length > 0 ? 'alert' : 'letter'}-${id}`, to, subject, text });
      } catch (error) {
        if (!(error instanceof MailNotTaken)) throw error;
        throw new NotSent(error.isPermanent ? 'address-failed' : 'try-again', error.code);
      }
    },
  };
}
