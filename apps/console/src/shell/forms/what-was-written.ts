import { typedIn } from './read-form.ts';
import { codeInWords } from '../words/words.ts';

/** Answers that our own pages put into their forms. */
const OURS = ['version', 'openedAt', 'formId', 'answersSeen', 'here', 'act', 'references', 'kind', 'base', 'seen', 'fingerprint', 'madeAt']; // prettier-ignore
const AN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What somebody wrote in a form that cannot be sent any more, each answer with its question, for them to copy. */
export function whatWasWritten(body: unknown): readonly { readonly question: string; readonly answer: string }[] {
  return Object.entries(typedIn(body))
    .filter(([name, text]) => text.trim() !== '' && !OURS.includes(name) && !name.startsWith('count:'))
    .filter(([, text]) => !AN_ID.test(text))
    .map(([name, text]) => ({ question: questionOf(name), answer: text === 'on' ? 'Yes' : text }));
}

/** Such as `Children 1, first name` of `/children/0/firstName`. */
function questionOf(name: string): string {
  const parts = name.split(/[/#.]/).filter((part) => part !== '');
  const words = parts.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : codeInWords(part)));
  return words
    .map((word, index) => (index === 0 || /^[A-Z]{2}/.test(word) ? word : word.toLowerCase()))
    .join(', ')
    .replaceAll(/, (\d+)/g, ' $1');
}
