import type { Span } from '../working-time/span.ts';
import type { PolicyFault } from './policy-fault.ts';

/** The longest span in each unit. A longer one is taken for a typing error. */
const LONGEST_SPAN: Readonly<Record<string, number>> = {
  elapsedMinutes: 10_080,
  elapsedHours: 168,
  workingHours: 80,
  workingDays: 20,
};

/** The faults of one span of a policy; an empty list when it may be published. */
export function spanFaults(at: string, span: Span): readonly PolicyFault[] {
  const entries = Object.entries(span);
  const [unit, length] = entries[0] ?? [];
  const longest = LONGEST_SPAN[unit ?? ''];
  if (entries.length !== 1 || longest === undefined) return [{ at, message: 'Select hours, minutes or working days' }];
  return isWholeIn(length, 1, longest) ? [] : [{ at, message: `Enter a whole number from 1 to ${longest}` }];
}

/** Whether a value is a whole number between two others, both included. */
export function isWholeIn(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
