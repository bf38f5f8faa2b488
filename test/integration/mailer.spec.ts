import type { AddressInfo } from 'node:net';
import { Mailer, MailNotTaken, type Mail } from '#messages';
import { simpleParser } from 'mailparser';
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

/** What a mail server gets for one message: whom it is for, and its bytes. */
async function received(mail: Mail) {
  const got: { readonly to: readonly string[]; readonly bytes: Buffer }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        got.push({ to: envelope.rcptTo.map(({ address }) => address), bytes: Buffer.concat(parts) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const mailer = new Mailer(
    `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    'mash@hub.example.org',
  );
  try {
    await mailer.send(mail).catch((error: unknown) => expect(error).toBeInstanceOf(MailNotTaken));
    return got;
  } finally {
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

const USUAL: Mail = { id: '1', to: 'jo@hub.example.org', subject: 'A', text: 'B' };
const HEADERS = ['date', 'from', 'message-id', 'mime-version', 'subject', 'to'];

it.each<[string, Partial<Mail>]>([
  ['a subject', { subject: 'Red\r\nBcc: eve@evil.example\r\n\r\nClick here' }],
  ['a subject with line feeds alone', { subject: 'Red\nBcc: eve@evil.example\n\nClick here' }],
  ['an id', { id: '1>\r\nBcc: eve@evil.example\r\nX: <' }],
  ['a text', { text: 'B\r\n.\r\nRCPT TO:<eve@evil.example>\r\n' }],
])('an e-mail has no further header and no further recipient by %s that looks like one', async (_, hostile) => {
  const got = await received({ ...USUAL, ...hostile });
  expect(got.map(({ to }) => to)).toEqual([['jo@hub.example.org']]);
  const { headers, text } = await simpleParser(got[0]!.bytes);
  const names = [...headers.keys()].filter((name) => !name.startsWith('content-'));
  expect(names.toSorted()).toEqual(HEADERS);
  expect(text).toContain('B');
});

it.each([
  'jo@hub.example.org, eve@evil.example',
  'jo@hub.example.org>\r\nRCPT TO:<eve@evil.example',
  'Jo <eve@evil.example>',
])('an e-mail goes to no second person by an address that names one: %j', async (to) => {
  const got = await received({ ...USUAL, to });
  expect(got.flatMap((one) => one.to)).not.toContain('eve@evil.example');
});
