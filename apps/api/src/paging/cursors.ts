import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { problem } from '../problems/api-problem.ts';

/** Of HMAC-SHA-256, as many bytes as a cursor carries. */
const SIGNED_BYTES = 16;
const WRITTEN = /^([A-Za-z0-9_-]{1,300})\.([A-Za-z0-9_-]{22})$/;

/** Whose cursor it is, and of which list. One agency's does not open another's list, nor that of another filter. */
export interface CursorOf {
  readonly list: string;
  readonly agencyId: string;
}

/**
 * Writes and reads cursors: the place in a list from which an agency reads on. A cursor is signed with a key that is
 * derived from the database's address, which every process of the API has and which holds its password.
 */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor({ DATABASE_URL }: ApiSettings) {
    this.key = Buffer.from(hkdfSync('sha256', DATABASE_URL, '', 'cursors', 32));
  }

  /** @param place the parts of the place, such as an instant and a reference. The same place has the same cursor. */
  write(of: CursorOf, place: readonly string[]): string {
    const payload = Buffer.from(JSON.stringify(place)).toString('base64url');
    return `${payload}.${this.signatureOf(of, payload).toString('base64url')}`;
  }

  /** @throws ApiProblem `invalid-cursor` for text that this service did not write for this list */
  read(of: CursorOf, written: string): readonly string[] {
    const [, payload, signature] = WRITTEN.exec(written) ?? [];
    if (payload === undefined || signature === undefined) throw problem('invalid-cursor');
    if (!timingSafeEqual(Buffer.from(signature, 'base64url'), this.signatureOf(of, payload)))
      throw problem('invalid-cursor');
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as readonly string[];
  }

  private signatureOf({ list, agencyId }: CursorOf, payload: string): Buffer {
    const signed = createHmac('sha256', this.key)
      .update(JSON.stringify([list, agencyId, payload]))
      .digest();
    return signed.subarray(0, SIGNED_BYTES);
  }
}
