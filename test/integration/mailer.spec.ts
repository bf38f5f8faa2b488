import type { AddressInfo } from 'node:net';
import { Mailer, MailNotTaken } from '#messages';
import { SMTPServer } from 'smtp-server';

it.each<[string, number, string]>([
  ['dead', 550, '5.1.1 No such user here'],
  ['dead', 553, '5.1.3 Bad destination mailbox address syntax'],
  ['good', 554, '5.7.1 Relay access denied'],
  ['good', 550, '5.7.1 Blocked'],
  ['good', 550, 'No reason'],
  ['good', 452, '4.2.2 Mailbox full'],
])('takes an address for %s when a mail server answers %i %s', async (verdict, responseCode, text) => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_, __, done) => done(Object.assign(new Error(text), { responseCode })),
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const mailer = new Mailer(`smtp://127.0.0.1:${port}`, 'mash@hub.example.org');
  try {
    const refused = await mailer.send({ id: '1', to: 'jo@hub.example.org', subject: 'A', text: 'B' }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(MailNotTaken);
    expect((refused as MailNotTaken).isPermanent).toBe(verdict === 'dead');
  } finally {
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});
