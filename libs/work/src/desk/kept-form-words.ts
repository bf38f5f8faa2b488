import { instantInWords } from '#domain';

/** A form that was kept. */
export interface KeptForm {
  /** The id of the form in its address. */
  readonly subject: string;
  readonly savedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** The e-mail to a person who kept a form: it names no child, and says that the hub has nothing. */
export function keptFormInWords({ subject, savedAt, expiresAt }: KeptForm, consoleUrl: string, timeZone: string) {
  const when = (instant: Temporal.Instant) => instantInWords(instant, timeZone);
  return {
    subject: 'A referral that you began is not sent',
    text: [
      `You began a referral and kept it at ${when(savedAt)}. It is not sent: the hub does not have it, and no person acts on it.`,
      `Finish it and send it: ${new URL(`/own-referrals/forms/${subject}`, consoleUrl).toString()}`,
      `It is removed at ${when(expiresAt)}. If you do not need it, remove it on its page.`,
      'If a child is in immediate danger, dial 999.',
    ].join('\n\n'),
  };
}
