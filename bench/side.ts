import { randomUUID } from 'node:crypto';

/** A route under load: ours, or one that it is compared with. */
export interface Side {
  readonly name: string;
  readonly url: string;
  readonly tokens: readonly string[];
  readonly body: string;
}

/** Of one submission: a new key each. */
export function headersOf(token: string): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${token}`,
    'Idempotency-Key': randomUUID(),
  };
}
