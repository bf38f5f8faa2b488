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
      { url, pool: true, maxConnections: 10, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 6_000 },
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
      const { code, command, response = '' } = error as { code?: string; command?: string; response?: string };
      throw new MailNotTaken(code ?? 'unknown', command === 'RCPT TO' && BAD_ADDRESS.test(response));
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** An enhanced status of 5.1: it is about the address, and not about who may send to it or by which server. */
const BAD_ADDRESS = /^5\d\d[ -]5\.1\./;

export class MailNotTaken extends Error {
  /**
   * @param code nodemailer's, such as ECONNECTION
   * @param isPermanent the mail server refuses the address for good (an enhanced status of 5.1 to the envelope)
   */
  constructor(
    readonly code: string,
    readonly isPermanent = false,
  ) {
    super(`the mail server did not take the message: ${code}`);
    this.name = 'MailNotTaken';
  }
}
