import type { Delivery } from '#store';

/** A message as it leaves the building. It holds no word of any child or family. */
export interface Message {
  /** Our reference at the provider: one message has one, however often it is tried. */
  readonly id: string;
  readonly channel: Delivery['channel'];
  /** An e-mail address or a telephone number; empty for what goes to the hub as a whole. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** By the database's clock. */
  readonly at: Temporal.Instant;
  /** For machines: the alerts that it carries; none where its purpose is another. */
  readonly alerts: readonly MessageAlert[];
}

export interface MessageAlert {
  readonly alertId: string;
  readonly kind: string;
  readonly reference: string | null;
  readonly rating: string;
  readonly dueAt: string;
}

/** What a provider allows: a token bucket. */
export interface Limit {
  readonly perSecond: number;
  readonly burst: number;
  /** Tokens that only reds may take. */
  readonly keptForRed: number;
}

/** What became of a message, as the provider tells it. */
export type Receipt = 'accepted' | 'delivered' | 'try-again' | 'address-failed';

/** A way out of the building. */
export interface Provider {
  readonly name: string;
  readonly channels: readonly Delivery['channel'][];
  /** Messages on their way at the same time from one worker. */
  readonly atOnce: number;
  readonly limit?: Limit;
  /** Whether many amber and green alerts for one recipient become one message. */
  readonly digests: boolean;
  /**
   * Resolves when the provider has taken the message.
   *
   * @throws NotSent when it is certain that it has not; anything else means that nothing is known
   */
  send(message: Message): Promise<void>;
  /** What became of a message; null when the provider knows none of that id. Left out where it cannot be asked. */
  lookUp?(messageId: string): Promise<Receipt | null>;
}

/** Nest's token of every {@link Provider} of an app. */
export const PROVIDERS = Symbol('the providers that messages leave by');

/** A message that the provider has certainly not taken. */
export class NotSent extends Error {
  /**
   * @param reason `address-failed`: it will never be taken; `limited`: too many at once; `try-again`: anything else
   * @param code the provider's, never its text
   */
  constructor(
    readonly reason: 'try-again' | 'limited' | 'address-failed',
    readonly code: string,
  ) {
    super(`not sent: ${code}`);
    this.name = 'NotSent';
  }
}

/** Less than a lease: a worker that sends knows the end of it before another worker takes over. */
export const SEND_WITHIN_MS = 8_000;
