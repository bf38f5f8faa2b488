import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts text so that only this service can read it, and only in the place where it is kept: AES-256-GCM under a key
 * that is derived from the deployment's secret (decision record 16).
 */
export class Seal {
  private readonly key: Buffer;

  /**
   * @param secret the deployment's secret
   * @param purpose the kind of text, such as `drafts`; text that is sealed for one purpose does not open for another
   */
  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  /**
   * Seals a text.
   *
   * @param place where the text is kept, such as the id of a row; it does not open in another place
   * @returns nonce, tag and encrypted text
   */
  close(text: string, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /**
   * Opens a sealed text.
   *
   * @param place where it was kept
   * @returns the text; null when it was not sealed with this secret, for this purpose and this place, or was changed
   */
  open(sealed: Buffer, place: string): string | null {
    const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(place))
        .setAuthTag(tag);
      const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}
