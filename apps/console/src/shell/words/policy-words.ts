import { USUAL_LADDERS, type Channel, type EscalationStep, type Rating, type Rung, type Span } from '#domain';
import { codeInWords } from './words.ts';

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  elapsedMinutes: ['minute', 'minutes'],
  elapsedHours: ['hour', 'hours'],
  workingHours: ['working hour', 'working hours'],
  workingDays: ['working day', 'working days'],
};

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  sms: 'text message',
  console: 'console',
  teams: 'Teams',
  webhook: 'webhook',
};

/** Such as `4 hours` or `1 working day`. */
export function spanInWords(span: Span): string {
  const [unit, length] = Object.entries(span)[0] as [string, number];
  const [one, many] = UNITS[unit]!;
  return `${length} ${length === 1 ? one : many}`;
}

/** A step of an escalation: when, on what condition, whom it tells and how. */
export function stepInWords(step: EscalationStep, rating: Rating) {
  return {
    when: whenInWords(step),
    onlyIf: step.onlyIf === 'unclaimed' ? 'Only if it is not allocated' : '',
    tell: step.tell.map(codeInWords).join(', '),
    by: ladderInWords(step.ladder ?? USUAL_LADDERS[rating]),
  };
}

function whenInWords(step: EscalationStep): string {
  if ('repeatEvery' in step) return `Then every ${spanInWords(step.repeatEvery)} until it is decided`;
  if (step.at === 'due') return 'When the decision is due';
  return 'afterReceipt' in step.at
    ? `${spanInWords(step.at.afterReceipt)} after receipt`
    : `${spanInWords(step.at.beforeDue)} before the decision is due`;
}

function ladderInWords(ladder: readonly Rung[]): string {
  return ladder
    .map(({ channels, afterMinutes }) => {
      const how = channels.map((channel) => CHANNEL_WORDS[channel]).join(', ');
      return afterMinutes === 0 ? how : `${how} after ${afterMinutes} minutes without acknowledgement`;
    })
    .join('; ');
}
