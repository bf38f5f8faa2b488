import type { Delivery, Purpose, Transaction } from '#store';
import type { Message } from './provider.ts';

/** Deliveries of one purpose that go out as one message. */
export interface Claimed {
  readonly messageId: string;
  readonly purpose: Delivery['purpose'];
  readonly channel: Delivery['channel'];
  readonly recipientId: string | null;
  readonly deliveryIds: readonly string[];
}

/** The message to send, and the deliveries of it that are not needed any more. */
export interface Composed {
  readonly message: Message | null;
  readonly notNeeded: readonly string[];
}

/** A delivery with an outcome, on which its purpose acts. */
export type Outcome = Pick<
  Delivery,
  'id' | 'alertId' | 'referralId' | 'channel' | 'recipientId' | 'state' | 'sentAt' | 'failure'
>;

/**
 * A purpose for which messages leave the building: an alert, or a letter to a referrer. `libs/messages` sends the
 * message. The lib that owns the purpose writes the words, and acts on the outcome.
 */
export interface MessagePurpose {
  readonly purpose: Purpose;
  /** Writes the message, at the last moment before it leaves. */
  compose(tx: Transaction, claimed: Claimed): Promise<Composed>;
  /** Acts on an outcome, such as with a message by the next channel. Each delivery has a transaction of its own. */
  followUp(tx: Transaction, outcome: Outcome): Promise<void>;
}

/** Nest's token of every {@link MessagePurpose} of an app. */
export const PURPOSES = Symbol('the purposes for which messages leave the building');
