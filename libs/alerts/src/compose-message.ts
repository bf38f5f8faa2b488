import { dueInWords, elapsedMinutesBetween, minutesInWords, type Rating } from '#domain';
import type { Claimed, Message } from '#messages';
import type { Deadline, ReferralStatus, Statements } from '#store';
import { serviceAlertWords } from './service-alert-words.ts';

/** Lines of a digest; whoever needs more opens the console. */
const LINES = 20;

/** What the messages of a hub have in common. */
export interface Sender {
  /** Where the links lead. */
  readonly consoleUrl: string;
  readonly timeZone: string;
}

interface Line {
  readonly deliveryId: string;
  readonly alertId: string;
  readonly kind: Deadline['kind'];
  readonly subject: string | null;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly reference: string | null;
  readonly status: ReferralStatus | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whether it still has to be told: nobody has acknowledged the alert, nothing has ended it, the person is here. */
  readonly isNeeded: boolean;
}

/** What is to be sent, and which of the deliveries are not needed any more. */
export interface Composed {
  readonly message: Message | null;
  readonly notNeeded: readonly string[];
}

/** Writes the message for what was claimed: references, ratings and due times, and nothing of any child. */
export async function composeMessage(on: Statements, sender: Sender, claimed: Claimed): Promise<Composed> {
  const lines = await on.rows<Line>(
    `SELECT delivery.id AS "deliveryId", alert.id AS "alertId", d.kind, d.subject, alert.rating,
       alert.due_at AS "dueAt", r.reference, r.status, person.email, person.phone,
       d.state = 'open' AND coalesce(person.is_active, true)
         AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = alert.id) AS "isNeeded"
     FROM delivery JOIN alert ON alert.id = delivery.alert_id JOIN deadline d ON d.id = alert.deadline_id
     LEFT JOIN referral r ON r.id = alert.referral_id LEFT JOIN staff_member person ON person.id = recipient_id
     WHERE delivery.id = ANY($1) ORDER BY alert.rating = 'green', alert.due_at, alert.id`,
    [claimed.deliveryIds],
  );
  const notNeeded = lines.filter((line) => !line.isNeeded).map(({ deliveryId }) => deliveryId);
  const needed = lines.filter((line) => line.isNeeded);
  if (needed.length === 0) return { message: null, notNeeded };
  const now = (await on.row<{ now: Temporal.Instant }>('SELECT mash.now() AS now'))!.now;
  const { email, phone } = needed[0]!;
  const words = needed.length === 1 ? inFull(needed[0]!, now, sender) : digest(needed, now, sender);
  return {
    notNeeded,
    message: {
      id: claimed.messageId,
      channel: claimed.channel,
      to: (claimed.channel === 'sms' ? phone : claimed.channel === 'email' ? email : '') ?? '',
      at: now,
      alerts: needed.map(({ alertId, kind, reference, rating, dueAt }) => ({
        alertId,
        kind,
        reference,
        rating,
        dueAt: dueAt.toString(),
      })),
      subject: words.subject,
      text: claimed.channel === 'sms' ? inShort(words) : [words.subject, ...words.text].join('\n\n'),
    },
  };
}

interface Words {
  readonly subject: string;
  readonly text: readonly string[];
  readonly link: string;
}

function inFull(line: Line, now: Temporal.Instant, { consoleUrl, timeZone }: Sender): Words {
  if (line.reference === null) return aboutTheService(line, consoleUrl);
  const { reference, rating, dueAt } = line;
  const what = line.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision';
  const isOverdue = Temporal.Instant.compare(dueAt, now) <= 0;
  const link = `${consoleUrl}/referrals/${reference}`;
  return {
    subject: `${rating.toUpperCase()} ${reference}: ${what.toLowerCase()} ${standing(dueAt, now)}`,
    text: [
      `${what} ${isOverdue ? 'was' : 'is'} due at ${dueInWords(dueAt, timeZone)}.`,
      `Open it: ${link}`,
      'Acknowledging the alert in the console pauses it for a while. Only the decision ends it.',
    ],
    link,
  };
}

function digest(lines: readonly Line[], now: Temporal.Instant, { consoleUrl }: Sender): Words {
  const link = `${consoleUrl}/alerts`;
  const more = lines.length - LINES;
  return {
    subject: `${lines.length} more alerts: none of them red`,
    text: [
      lines
        .slice(0, LINES)
        .map((line) =>
          line.reference === null
            ? aboutTheService(line, consoleUrl).subject
            : `${line.rating} ${line.reference}: ${standing(line.dueAt, now)}`,
        )
        .join('\n'),
      ...(more > 0 ? [`and ${more} more`] : []),
      `Open them: ${link}`,
    ],
    link,
  };
}

function aboutTheService({ kind, subject }: Line, consoleUrl: string): Words {
  const { text, path, more } = serviceAlertWords(kind, subject ?? '');
  const link = `${consoleUrl}${path}`;
  return { subject: text, text: [...(more === '' ? [] : [more]), `Open it: ${link}`], link };
}

const inShort = ({ subject, link }: Words) => `${subject} ${link}`;

function standing(dueAt: Temporal.Instant, now: Temporal.Instant): string {
  const late = elapsedMinutesBetween(dueAt, now);
  return late >= 0 ? `overdue by ${minutesInWords(late)}` : `due in ${minutesInWords(-late)}`;
}
