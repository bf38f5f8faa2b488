import { isUuid } from '#platform';
import type { ClassConstructor } from 'class-transformer';
import { codeInWords } from '../words/words.ts';
import { isHidden } from './fields.ts';
import { readForm } from './read-form.ts';

/**
 * What a person wrote in a form that cannot be sent any more, each answer by its question, for them to copy.
 *
 * @param shape the class of the form
 */
export function whatWasWritten(
  shape: ClassConstructor<object>,
  body: unknown,
): readonly { readonly key: string; readonly value: string }[] {
  return (
    Object.entries(readForm(shape, body).typed)
      // An agency or a person that was chosen is not a thing to copy.
      .filter(([name, text]) => text.trim() !== '' && !isHidden(shape, name) && !isUuid(text))
      .map(([name, text]) => ({ key: questionOf(name), value: text === 'on' ? 'Yes' : text }))
  );
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
