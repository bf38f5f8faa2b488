/** Why nothing was fetched, as a code that may be stored and shown: it says nothing of the answer itself. */
export type OutboundFaultCode = keyof typeof OUTBOUND_FAULTS;

/** Each fault in words, for the person who can have it mended. */
export const OUTBOUND_FAULTS = {
  'not-an-address': 'This is not an address: it begins with https:// and has no spaces',
  'not-https': 'The address must begin with https://',
  'other-port': 'The address must not name a port: only the usual one of https, 443, is used',
  'names-a-person': 'The address must have no user name or password in it',
  'not-a-name': 'The address must name a server, such as keys.example.org, and not a number',
  'not-of-the-internet': 'The address must name a server of the Internet, such as keys.example.org',
  'too-long': 'The address must be 500 characters or fewer',
  'has-a-fragment': 'Leave out the # and what follows it',
  'not-found': 'No server of that name is found',
  'inside-a-network': 'The name leads to an address inside a network, not on the Internet',
  'no-connection': 'The server takes no connection, or its certificate is not good',
  'too-slow': 'The server does not answer in time',
  'sends-elsewhere': 'The server sends us to another address: give that one instead',
  'other-status': 'The server answers that it has nothing there',
  'too-much': 'The answer is too long',
  packed: 'The answer is compressed: it must be sent as it is',
} as const;

/** Nothing was fetched, or the address is one that is never asked. */
export class OutboundFault extends Error {
  constructor(readonly code: OutboundFaultCode) {
    super(OUTBOUND_FAULTS[code]);
    this.name = 'OutboundFault';
  }
}
