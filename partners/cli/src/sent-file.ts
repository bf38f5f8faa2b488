import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ending, EXIT } from './ending.ts';
import { readJson } from './offline-faults.ts';

interface Sent {
  readonly idempotencyKey: string;
  /** There when the hub has the referral. */
  readonly reference?: string;
}

/**
 * The file beside a referral that makes it safe to send again: it is written before the first sending, and gets the
 * reference after it.
 */
export class SentFile {
  readonly path: string;

  constructor(referralFile: string) {
    this.path = `${referralFile}.sent.json`;
  }

  /** The key that this referral is sent with, from now on and after a restart. */
  open(): Sent {
    const sent = { idempotencyKey: randomUUID() };
    try {
      writeFileSync(this.path, `${JSON.stringify(sent)}\n`, { flag: 'wx', mode: 0o600 });
      return sent;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return this.read();
    }
  }

  private read(): Sent {
    const { value } = { value: null, ...readJson(readFileSync(this.path, 'utf8')) };
    if (typeof (value as Sent | null)?.idempotencyKey === 'string') return value as Sent;
    throw new Ending(
      EXIT.invalid,
      `${this.path} holds no idempotency key: ask the hub whether it has this referral, then remove that file`,
    );
  }

  close(sent: Sent, reference: string): void {
    writeFileSync(this.path, `${JSON.stringify({ ...sent, reference })}\n`, { mode: 0o600 });
  }
}
