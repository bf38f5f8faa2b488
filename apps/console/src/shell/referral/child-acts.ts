import {
  CASE_RESULT_WORDS,
  VIEWS_NOT_SOUGHT_WORDS,
  VIEWS_SOUGHT_WORDS,
  type CaseResult,
  type ViewsNotSought,
  type ViewsSought,
} from '#domain';
import { allOf, childInWords, text, type Details } from './act-details.ts';
import { inside } from '../words/words.ts';

/** Such as `child 1: known, open; child 2: not known there`. */
export function checksInWords(details: Details): string {
  const all = allOf(details, 'checks').map((one) => one.split(' '));
  return all.map(([child, result]) => `child ${child}: ${inside(CASE_RESULT_WORDS[result as CaseResult])}`).join('; ');
}

/** Such as `child 1: the child was seen alone`. */
export function viewsInWords(details: Details): string {
  const child = childInWords(details);
  const asked = VIEWS_SOUGHT_WORDS[text(details, 'how') as ViewsSought] as string | undefined;
  const not = VIEWS_NOT_SOUGHT_WORDS[text(details, 'whyNot') as ViewsNotSought] as string | undefined;
  const words = asked ?? (not === undefined ? undefined : `Not asked: ${inside(not)}`);
  return words === undefined ? child : `${child}: ${inside(words)}`;
}
