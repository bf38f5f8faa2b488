import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that a server signs for itself, for one name, with its private key: both as PEM. */
export function selfSigned(name: string): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const called = sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), tlv(0x0c, Buffer.from(name)))));
  const validity = sequence(tlv(0x17, Buffer.from('200101000000Z')), tlv(0x17, Buffer.from('491231235959Z')));
  const names = tlv(0x04, sequence(tlv(0x82, Buffer.from(name))));
  const extensions = tlv(0xa3, sequence(sequence(oid(0x55, 0x1d, 0x11), names)));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ...[algorithm, called, validity, called],
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

/** One element of DER: its tag, its length, its content. */
function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const said = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...said]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tlv(0x30, Buffer.concat(parts));
const oid = (...bytes: readonly number[]) => tlv(0x06, Buffer.from(bytes));
