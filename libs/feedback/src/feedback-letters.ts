import { Inject, Injectable } from '@nestjs/common';
import { councilNow } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { feedbackLetter, type FeedbackAudience, type FeedbackState } from '#domain';
import {
  deliveryRows,
  queuedDelivery,
  type Claimed,
  type Composed,
  type MessagePurpose,
  type Outcome,
} from '#messages';
import { LOG, Settings, type Logger } from '#platform';
import { sql, type RowsOf, type Transaction } from '#store';
import { clockRows } from './feedback-clock.ts';
import { actOf, leaveToPerson, lockFeedbackOfDelivery, settle } from './feedback-state.ts';

/** Alerts go first: the places and the budget that are kept for reds are kept for alerts. */
const AFTER_ALERTS = 3;

/** The message that tells a referrer. @param notBefore the instant from which on the decision cannot be taken back */
export function letterRows(feedbackId: string, notBefore: Temporal.Instant): RowsOf {
  return deliveryRows(
    queuedDelivery({ purpose: 'feedback', feedbackId, channel: 'email', urgency: AFTER_ALERTS }, notBefore),
  );
}

interface ToTell {
  readonly state: FeedbackState;
  readonly audience: FeedbackAudience;
  readonly reference: string;
  readonly email: string;
}

/** The e-mail that tells a referrer that the hub has decided. It says nothing of the child, nor what was decided. */
@Injectable()
export class FeedbackLetters implements MessagePurpose {
  readonly purpose = 'feedback';

  constructor(
    private readonly settings: Settings,
    private readonly policies: Policies,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** An answer that a person has given meanwhile, or whose decision was taken back, is not sent. */
  async compose(tx: Transaction, { messageId, channel, deliveryIds }: Claimed): Promise<Composed> {
    const found = (await tx.row<ToTell>(sql`
      SELECT f.state, f.audience, r.reference, trim(r.submitted->'referrer'->>'email') AS email
      FROM delivery v JOIN feedback f ON f.id = v.feedback_id JOIN referral r ON r.id = f.referral_id
      WHERE v.id = ANY(${deliveryIds}) FOR SHARE OF r, f`))!;
    const { state, audience, reference, email } = found;
    if (state !== 'owed') return { notNeeded: deliveryIds, message: null };
    const { hubPhone } = await councilNow(tx, this.settings);
    const words = feedbackLetter({ reference, audience, hubPhone });
    return { notNeeded: [], message: { id: messageId, channel, to: email, at: tx.now, alerts: [], ...words } };
  }

  /** The referrer is told when the provider has the message. When the address does not work, a person has to tell them. */
  async followUp(tx: Transaction, { id, state, failure }: Outcome): Promise<void> {
    const found = await lockFeedbackOfDelivery(tx, id);
    const { referralId } = found;
    if (state === 'accepted' || state === 'delivered') {
      if (found.state !== 'owed') return;
      const { actId, row } = actOf(tx, found, 'sent', null);
      await tx.insert(row, auditEntry(tx, 'feedback.told', referralId, { actId, how: 'sent' }));
      await settle(tx, found, 'told');
      return;
    }
    this.log.error(
      { delivery: id, referral: referralId, state, failure },
      'a referrer could not be told of a decision',
    );
    if (state !== 'failed' || found.way !== 'message' || !['owed', 'told'].includes(found.state)) return;
    // Of a decision that holds no more no person has to tell.
    if (!(await isInEffect(tx, found.id))) return;
    const { actId, row } = actOf(tx, found, 'address_failed', null);
    await tx.insert(row, auditEntry(tx, 'feedback.address-failed', referralId, { actId }));
    await leaveToPerson(tx, found);
    // The provider had taken it, and gave it up later: the person has the time from now on.
    if (found.state === 'told') {
      const on = { feedbackId: found.id, reference: found.reference };
      await tx.insert(...clockRows(tx, await this.policies.inForce(tx), on, found.decidedBy));
    }
  }
}

/** Whether the decision that an answer is about is the one in effect. */
async function isInEffect(tx: Transaction, feedbackId: string): Promise<boolean> {
  const found = await tx.row(sql`
    SELECT 1 FROM feedback f JOIN referral r ON r.id = f.referral_id AND r.status = 'decided'
    JOIN response_time t ON t.id = r.response_time_id AND t.decision_id = f.decision_id WHERE f.id = ${feedbackId}`);
  return found !== null;
}
