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

/** A delivery whose outcome has a consequence. */
export type Outcome = Pick<
  Delivery,
  'id' | 'alertId' | 'referralId' | 'channel' | 'recipientId' | 'state' | 'sentAt' | 'failure'
>;

/**
 * A purpose for which messages leave the building: an alert, a letter to a referrer. This lib sends; the lib that the
 * purpose belongs to says which words are sent and what follows from the outcome.
 */
export interface MessagePurpose {
  readonly purpose: Purpose;
  /** Writes the message, at the last moment before it leaves. */
  compose(tx: Transaction, claimed: Claimed): Promise<Composed>;
  /** Draws the consequence of an outcome, in one transaction for each delivery. */
  followUp(tx: Transaction, outcome: Outcome): Promise<void>;
}

/** Nest's token of every {@link MessagePurpose} of an app. */
export const PURPOSES = Symbol('the purposes for which messages leave the building');
