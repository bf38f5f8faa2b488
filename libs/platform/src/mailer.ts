import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same for every try of the same message, so that a receiver can tell a repeat. */
  readonly id: string;
}

/** Sends e-mail through the authority's mail server. */
export class Mailer {
  private readonly transport;

  /** @param url of the mail server, `smtp://…` @param from the sender of every message */
  constructor(url: string, from: string) {
    this.transport = createTransport(
      { url, pool: true, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 6_000 },
      { from },
    );
  }

  /**
   * Resolves when the mail server has taken the message, which is not yet delivery.
   *
   * @throws MailNotTaken when it has not; the cause is left out, since it may repeat the address
   */
  async send({ to, subject, text, id }: Mail): Promise<void> {
    try {
      await this.transport.sendMail({ to: { name: '', address: to }, subject, text, messageId: `<${id}@mash-triage>` });
    } catch (error) {
      const { code, command, responseCode = 0 } = error as { code?: string; command?: string; responseCode?: number };
      throw new MailNotTaken(code ?? 'unknown', command === 'RCPT TO' && responseCode >= 500);
    }
  }

  close(): void {
    this.transport.close();
  }
}

export class MailNotTaken extends Error {
  /**
   * @param code nodemailer's, such as ECONNECTION
   * @param isPermanent the mail server refuses the address for good (a reply of 500 or above to the envelope)
   */
  constructor(
    readonly code: string,
    readonly isPermanent = false,
  ) {
    super(`the mail server did not take the message: ${code}`);
    this.name = 'MailNotTaken';
  }
}
