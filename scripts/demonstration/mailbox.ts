import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly raw: string;
}

export interface Mailbox {
  readonly smtpUrl: string;
  readonly url: string;
  /** The latest last. */
  readonly mails: readonly CaughtMail[];
  close(): Promise<void>;
}

/** As many as are worth scrolling through. */
const KEPT = 500;

/** A mail server that keeps what it is sent and shows it on a page. Nothing leaves this machine. */
export async function startMailbox(pagePort: number, smtpPort = 0): Promise<Mailbox> {
  const mails: CaughtMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        simpleParser(raw).then(({ subject = '', text = '', messageId = '' }) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
          mails.push({ to, subject, text, messageId, raw: raw.toString('utf8') });
          if (mails.length > KEPT) mails.shift();
          done();
        }, done);
      });
    },
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => void smtp.listen(smtpPort, '127.0.0.1', resolve));
  const app = express();
  app.get('/', (_, response) => void response.send(page(mails)));
  app.get('/mails.json', (_, response) => void response.json(mails.map(({ raw: _raw, ...mail }) => mail)));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(pagePort, '127.0.0.1', resolve);
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: async () => {
      server.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => server.close(resolve)),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function page(mails: readonly CaughtMail[]): string {
  const shown = mails
    .toReversed()
    .map(
      ({ to, subject, text }) =>
        `<article><h2>${escape(subject)}</h2><p>To ${escape(to)}</p><pre>${escape(text)}</pre></article>`,
    );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="10">
    <title>Mailbox: demonstration</title><body style="font: 17px arial; margin: 40px"><h1>Mailbox</h1>
    <p>Every e-mail that the demonstration sends, the latest first. The page looks again every ten seconds.</p>
    ${shown.join('<hr>') || '<p>Nothing has been sent yet.</p>'}</body></html>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
