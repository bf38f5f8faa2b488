import { readOutboundAddress } from './outbound-address.ts';
import { OutboundFault } from './outbound-fault.ts';
import { isPublicAddress } from './public-address.ts';

describe('an address that others give us', () => {
  it.each(['https://keys.example.org/jwks', ' https://KEYS.example.org ', 'https://keys.example.org:443/a?b=c'])(
    'is taken: %s',
    (text) => expect(readOutboundAddress(text).hostname).toBe('keys.example.org'),
  );

  it.each([
    ['http://keys.example.org/', 'not-https'],
    ['ftp://keys.example.org/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['keys.example.org', 'not-an-address'],
    ['', 'not-an-address'],
    ['https://keys.example.org/a b', 'not-an-address'],
    ['https://keys.example.}org/', 'not-an-address'],
    ['https://keys.example.org/a|b', 'not-an-address'],
    ['https://keys.example.org/%zz', 'not-an-address'],
    ['https://keys.example.org\\@127.0.0.1/', 'not-an-address'],
    ['https://keys.exa\u200Bmple.org/', 'not-an-address'],
    ['https://keys.example.org:8443/', 'other-port'],
    ['https://keys.example.org:80/', 'other-port'],
    ['https://user@keys.example.org/', 'names-a-person'],
    ['https://keys.example.org@127.0.0.1/', 'names-a-person'],
    ['https://@keys.example.org/', 'names-a-person'],
    ['https://keys.example.org/#keys', 'has-a-fragment'],
    ['https://127.0.0.1/', 'not-a-name'],
    ['https://127.1/', 'not-a-name'],
    ['https://0x7f000001/', 'not-a-name'],
    ['https://0x7f.1/', 'not-a-name'],
    ['https://2130706433/', 'not-a-name'],
    ['https://017700000001/', 'not-a-name'],
    ['https://1.1.1.1/', 'not-a-name'],
    ['https://１２７.0.0.1/', 'not-a-name'],
    ['https://[::1]/', 'not-a-name'],
    ['https://[::ffff:127.0.0.1]/', 'not-a-name'],
    ['https://[2606:4700::1111]/', 'not-a-name'],
    ['https://localhost/', 'not-of-the-internet'],
    ['https://postgres/', 'not-of-the-internet'],
    ['https://keys.localhost/', 'not-of-the-internet'],
    ['https://printer.local/', 'not-of-the-internet'],
    ['https://metadata.google.internal/', 'not-of-the-internet'],
    ['https://keys.example.org./', 'not-of-the-internet'],
    [`https://keys.example.org/${'x'.repeat(500)}`, 'too-long'],
  ])('W1: is refused where it is %s, as %s', (text, code) => {
    let fault: unknown;
    try {
      readOutboundAddress(text);
    } catch (error) {
      fault = error;
    }
    expect([fault instanceof OutboundFault, fault]).toMatchObject([true, { code }]);
  });
});

describe('an address of the Internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.3.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00::1',
  ])('is %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '10.0.0.1',
      '10.255.255.255',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
      '127.255.255.254',
    ],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.0.1'],
    ...['198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1'],
    ...[
      'fc00::1',
      'fd12:3456::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      '2001::1',
      '2001:2::1',
      '2001:db8::1',
    ],
    ...['2002:7f00:1::', '3fff::1', '4000::1', 'localhost', ''],
  ])('W1: is none of a network inside, nor one that is kept back: %s', (address) =>
    expect(isPublicAddress(address)).toBe(false),
  );
});
