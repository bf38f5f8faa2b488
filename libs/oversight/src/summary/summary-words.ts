import { percentage } from '#domain';
import type { SummaryFigures } from '#store';

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count === 0 ? 'No' : count} ${count === 1 ? one : many}`;

const day = (date: Temporal.PlainDate) =>
  date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/**
 * The weekly e-mail: three sentences and a link, and no word of any person.
 *
 * @param week the Monday after the week
 */
export function summaryInWords(week: string, figures: SummaryFigures, consoleUrl: string) {
  const monday = Temporal.PlainDate.from(week);
  const [first, last] = [monday.subtract({ weeks: 1 }), monday.subtract({ days: 1 })];
  const sentences = [promptness(figures, `from ${day(first)} to ${day(last)}`), overdue(figures), alerts(figures)];
  return {
    subject: `How promptly the hub worked in the week to ${day(last)}`,
    text: [
      sentences.join(' '),
      `More: ${new URL('/oversight', consoleUrl).toString()}`,
      'You can switch this e-mail off in your preferences.',
    ].join('\n\n'),
  };
}

function promptness({ received, inOneDay }: SummaryFigures, week: string): string {
  const came = `${counted(received, 'referral')} came in the week ${week}`;
  const { numerator, denominator, notYetDue } = inOneDay;
  const due = notYetDue === 0 ? '' : `, and ${notYetDue} ${notYetDue === 1 ? 'is' : 'are'} not yet due`;
  if (denominator === 0) return notYetDue === 0 ? `${came}.` : `${came}${due}.`;
  return `${came}: ${numerator} of the ${denominator} that are due (${percentage(inOneDay)}%) were decided within one working day${due}.`;
}

function overdue({ overdue: count }: SummaryFigures): string {
  return `${counted(count, 'referral')} ${count === 1 ? 'is' : 'are'} overdue now.`;
}

function alerts({ alerts: { notAnswered, due } }: SummaryFigures): string {
  if (due === 0) return 'No alert fired.';
  if (notAnswered === 0) return `Every alert was answered within 15 minutes: ${due} fired.`;
  return `${notAnswered} of ${counted(due, 'alert')} ${notAnswered === 1 ? 'was' : 'were'} not answered within 15 minutes.`;
}
