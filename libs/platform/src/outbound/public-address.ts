import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not of the public Internet (IANA's registry of special-purpose addresses), with where it leads. */
const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // this network, and no address at all
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // behind a carrier
  ['127.0.0.0', 8], // this machine
  ['169.254.0.0', 16], // this link, and the metadata of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocols
  ['192.0.2.0', 24], // documents
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documents
  ['203.0.113.0', 24], // documents
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/**
 * Of IPv6 only 2000::/3 is of the public Internet, so that loopback, private, link-local, multicast, IPv4 in other clothes
 * (`::ffff:0:0/96`) and NAT64 (`64:ff9b::/96`) are none of it. Within it these are not.
 */
const NOT_PUBLIC_IN_SIX: readonly (readonly [string, number])[] = [
  ['2001::', 23], // protocols, Teredo among them
  ['2001:db8::', 32], // documents
  ['2002::', 16], // 6to4, which holds an IPv4 address
  ['3fff::', 20], // documents
];

const four = new BlockList();
for (const [network, bits] of NOT_PUBLIC) four.addSubnet(network, bits, 'ipv4');
const six = new BlockList();
for (const [network, bits] of NOT_PUBLIC_IN_SIX) six.addSubnet(network, bits, 'ipv6');
const publicSix = new BlockList();
publicSix.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address is one of the public Internet: what we fetch from there can be no machine of ours.
 *
 * @param address as a resolver gives it; one with a zone (`fe80::1%eth0`), and a text that is no address, are not
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !four.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return publicSix.check(address, 'ipv6') && !six.check(address, 'ipv6');
}
