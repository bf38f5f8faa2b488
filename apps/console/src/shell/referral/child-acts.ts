import type { AuditLine } from '#audit';
import {
  CASE_RESULT_WORDS,
  VIEWS_NOT_SOUGHT_WORDS,
  VIEWS_SOUGHT_WORDS,
  type CaseResult,
  type ViewsNotSought,
  type ViewsSought,
} from '#domain';

type Details = AuditLine['details'];

const text = (details: Details, name: string) => (typeof details[name] === 'string' ? details[name] : '');
const inside = (words: string) => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

/** Such as `child 1: known, open; child 2: not known there`. */
export function checksInWords({ checks }: Details): string {
  const all = (Array.isArray(checks) ? (checks as unknown[]) : []).map((one) => String(one).split(' '));
  return all.map(([child, result]) => `child ${child}: ${inside(CASE_RESULT_WORDS[result as CaseResult])}`).join('; ');
}

/** Such as `child 1: the child was seen alone`. */
export function viewsInWords(details: Details): string {
  const child = typeof details['child'] === 'number' ? `child ${details['child']}` : '';
  const asked = VIEWS_SOUGHT_WORDS[text(details, 'how') as ViewsSought] as string | undefined;
  const not = VIEWS_NOT_SOUGHT_WORDS[text(details, 'whyNot') as ViewsNotSought] as string | undefined;
  const words = asked ?? (not === undefined ? undefined : `Not asked: ${inside(not)}`);
  return words === undefined ? child : `${child}: ${inside(words)}`;
}
