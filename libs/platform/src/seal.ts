import { hkdfSync } from 'node:crypto';
import { openBytes, sealBytes } from './sealed-bytes.ts';

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
    return sealBytes(this.key, Buffer.from(text), place);
  }

  /**
   * Opens a sealed text.
   *
   * @param place where it was kept
   * @returns the text; null when it was not sealed with this secret, for this purpose and this place, or was changed
   */
  open(sealed: Buffer, place: string): string | null {
    try {
      return openBytes(this.key, sealed, place).toString('utf8');
    } catch {
      return null;
    }
  }
}
