import { plainText } from '#domain';
import { escapePointer, unknownProperty, type FieldFault } from './field-fault.ts';

/** Deeper or longer than any referral is: not worth reading on. */
const DEEPEST = 12;
const LONGEST_ARRAY = 100;

/** A value with its text as it is stored (`plainText`), and the faults that make it unfit to look at further. */
export function inspectValue(value: unknown): { readonly value: unknown; readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  return { value: inspect(value, '', 0, faults), faults };
}

function inspect(value: unknown, pointer: string, depth: number, faults: FieldFault[]): unknown {
  if (typeof value === 'string') return inspectText(value, pointer, faults);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) {
    faults.push({ pointer, code: 'too_deep', detail: 'Is nested too deeply' });
    return null;
  }
  if (Array.isArray(value)) {
    if (value.length > LONGEST_ARRAY) {
      faults.push({ pointer, code: 'too_many', detail: `Has more than ${LONGEST_ARRAY} items` });
      return null;
    }
    return value.map((item, index) => inspect(item, `${pointer}/${index}`, depth + 1, faults));
  }
  const clean: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === 'prototype' || name in Object.prototype) faults.push(unknownProperty(at));
    else clean[name] = inspect(item, at, depth + 1, faults);
  }
  return clean;
}

function inspectText(text: string, pointer: string, faults: FieldFault[]): string {
  const plain = plainText(text);
  if (plain !== null) return plain;
  faults.push({ pointer, code: 'invalid_text', detail: 'Holds a control character or half of a surrogate pair' });
  return '';
}
