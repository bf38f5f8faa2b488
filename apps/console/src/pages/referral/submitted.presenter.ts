import { codeInWords } from '../../layout/words.ts';

export interface SubmittedRow {
  readonly key: string;
  readonly value: string;
}

/** Fields that hold codes rather than what somebody wrote. */
const CODED = [
  'types', 'indicators', 'source', 'informed', 'notInformedReason', 'status', 'evidence', 'sought',
  'parentalResponsibility', 'livesWithChild',
]; // prettier-ignore
const SEXES: Readonly<Record<string, string>> = { F: 'Female', M: 'Male', U: 'Not known' };

/**
 * Every field of a part of a submitted referral, in words, in the order sent. It walks what is there instead of
 * naming fields, so that nothing an agency sent can be left out of the page.
 */
export function submittedRows(part: object | undefined, leaveOut: readonly string[] = []): readonly SubmittedRow[] {
  return Object.entries(part ?? {})
    .filter(([name]) => !leaveOut.includes(name))
    .map(([name, value]) => ({ key: codeInWords(name), value: inWords(name, value) }));
}

function inWords(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item) => inWords(name, item)).join(name === 'otherAgencies' ? '\n' : ', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map((item) => inWords('', item)).join(', ');
  const text = String(value);
  if (name === 'sex') return SEXES[text] ?? text;
  if (CODED.includes(name)) return codeInWords(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dateOnly(text) : text;
}

function dateOnly(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
