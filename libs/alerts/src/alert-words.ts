import { dueInWords, elapsedMinutesBetween, minutesInWords, type Rating } from '#domain';
import type { Deadline, ReferralStatus } from '#store';
import { serviceAlertWords } from './service-alert-words.ts';

/** Lines of a digest; the console has the others. */
const LINES = 20;

/** The parts that the messages of a hub have in common. */
export interface Sender {
  /** The address of the console, without a slash at its end. */
  readonly consoleUrl: string;
  readonly timeZone: string;
}

/** An alert of a message. */
export interface AlertLine {
  readonly deliveryId: string;
  readonly alertId: string;
  readonly kind: Deadline['kind'];
  readonly subject: string | null;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  readonly reference: string | null;
  readonly status: ReferralStatus | null;
  /** A sample found that its decision may leave a child unsafe, and opened it again. */
  readonly isReopened: boolean;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whether it still has to be told: it is not acknowledged, nothing has ended it, and the person still works here. */
  readonly isNeeded: boolean;
}

/** A message in words. */
export interface Words {
  readonly subject: string;
  readonly text: readonly string[];
  readonly link: string;
}

/** One alert in full: its subject, and a paragraph each for when, where and how. */
export function inFull(line: AlertLine, now: Temporal.Instant, { consoleUrl, timeZone }: Sender): Words {
  if (line.reference === null) return aboutTheService(line, consoleUrl);
  const { reference, rating, dueAt } = line;
  const what = line.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision';
  const isOverdue = Temporal.Instant.compare(dueAt, now) <= 0;
  const link = `${consoleUrl}/referrals/${reference}`;
  const why = line.isReopened
    ? ['A sample found that the decision may leave a child unsafe. It is to be decided again.']
    : [];
  return {
    subject: `${rating.toUpperCase()} ${reference}: ${line.isReopened ? 'opened again, a child may be unsafe, ' : ''}${what.toLowerCase()} ${dueOrOverdue(dueAt, now)}`,
    text: [
      ...why,
      `${what} ${isOverdue ? 'was' : 'is'} due at ${dueInWords(dueAt, timeZone)}.`,
      `Open it: ${link}`,
      'Acknowledging the alert in the console pauses it for a while. Only the decision ends it.',
    ],
    link,
  };
}

/** Many alerts of one person in one message, up to {@link LINES} of them. */
export function digest(lines: readonly AlertLine[], now: Temporal.Instant, { consoleUrl }: Sender): Words {
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
            : `${line.rating} ${line.reference}: ${dueOrOverdue(line.dueAt, now)}`,
        )
        .join('\n'),
      ...(more > 0 ? [`and ${more} more`] : []),
      `Open them: ${link}`,
    ],
    link,
  };
}

function aboutTheService({ kind, subject }: AlertLine, consoleUrl: string): Words {
  const { text, path, more } = serviceAlertWords(kind, subject ?? '');
  const link = `${consoleUrl}${path}`;
  return { subject: text, text: [...(more === '' ? [] : [more]), `Open it: ${link}`], link };
}

/** As a text message says it. */
export const inShort = ({ subject, link }: Words) => `${subject} ${link}`;

function dueOrOverdue(dueAt: Temporal.Instant, now: Temporal.Instant): string {
  const late = elapsedMinutesBetween(dueAt, now);
  return late >= 0 ? `overdue by ${minutesInWords(late)}` : `due in ${minutesInWords(-late)}`;
}
