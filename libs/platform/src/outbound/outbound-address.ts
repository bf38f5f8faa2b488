import { isIP } from 'node:net';
import { OutboundFault } from './outbound-fault.ts';

const LONGEST = 500;
/** Names that lead to this machine, or that a network gives for itself (RFC 2606, 6761, 6762, 8375). */
const OF_A_NETWORK =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|onion|home\.arpa|localdomain)$/;

/** What an address may be made of (RFC 3986): URL lets more through, such as } in a name and | in a path. */
const WELL_FORMED = /^https:\/\/[a-z0-9.-]+\/(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/**
 * An address that others give us and that we ask: https, the usual port, and a server by its name.
 *
 * @throws OutboundFault that says what is wrong with it. Where the name leads is seen when it is asked.
 */
export function readOutboundAddress(text: string): URL {
  const given = text.trim();
  if (given.length > LONGEST) throw new OutboundFault('too-long');
  // URL reads over line ends and takes \ for /: what a person sees must be what is asked.
  if (/[\s\\\p{C}]/u.test(given) || !URL.canParse(given)) throw new OutboundFault('not-an-address');
  const url = new URL(given);
  if (url.protocol !== 'https:') throw new OutboundFault('not-https');
  if (url.username !== '' || url.password !== '' || /^https:\/\/[^/?#]*@/i.test(given)) {
    throw new OutboundFault('names-a-person');
  }
  if (url.port !== '') throw new OutboundFault('other-port');
  if (given.includes('#')) throw new OutboundFault('has-a-fragment');
  const { hostname } = url;
  // URL has read 127.1, 0x7f000001, 017700000001 and 2130706433 as the IPv4 address that they are.
  if (isIP(hostname) !== 0 || hostname.startsWith('[')) throw new OutboundFault('not-a-name');
  if (!hostname.includes('.') || hostname.endsWith('.') || OF_A_NETWORK.test(hostname)) {
    throw new OutboundFault('not-of-the-internet');
  }
  if (!WELL_FORMED.test(url.href)) throw new OutboundFault('not-an-address');
  return url;
}
