import { createTransport } from 'nodemailer';

/** An e-mail to one person. */
export interface Mail {
  /** The e-mail address of the recipient. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The id of the message, the same for every try, so that the recipient's system can recognise a repeat. */
  readonly id: string;
}

/** Sends e-mail through the authority's mail server, over at most ten connections. */
export class Mailer {
  private readonly transport;

  /**
   * @param url the address of the mail server, `smtp://…`
   * @param from the sender of every message
   */
  constructor(url: string, from: string) {
    this.transport = createTransport(
      { url, pool: true, maxConnections: 10, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 6_000 },
      { from },
    );
  }

  /**
   * Sends a message. The promise resolves when the mail server has accepted the message, which does not yet mean that
   * it has arrived.
   *
   * @throws MailNotTaken when the mail server has not accepted it; without a cause, which may repeat the address
   */
  async send({ to, subject, text, id }: Mail): Promise<void> {
    try {
      await this.transport.sendMail({ to: { name: '', address: to }, subject, text, messageId: `<${id}@mash-triage>` });
    } catch (error) {
      const { code, command, response = '' } = error as { code?: string; command?: string; response?: string };
      throw new MailNotTaken(code ?? 'unknown', command === 'RCPT TO' && BAD_ADDRESS.test(response));
    }
  }

  /** Closes the connections to the mail server. */
  close(): void {
    this.transport.close();
  }
}

/** A reply with an enhanced status of 5.1 is about the address, and not about the sender or the server. */
const BAD_ADDRESS = /^5\d\d[ -]5\.1\./;

/** The mail server did not accept a message. */
export class MailNotTaken extends Error {
  /**
   * @param code the code of nodemailer, such as ECONNECTION
   * @param isPermanent whether the mail server says that the address does not work (an enhanced status of 5.1)
   */
  constructor(
    readonly code: string,
    readonly isPermanent = false,
  ) {
    super(`the mail server did not take the message: ${code}`);
    this.name = 'MailNotTaken';
  }
}
