import { plainText } from '#domain';
import { escapePointer, unknownProperty, type FieldFault } from './field-fault.ts';

/** Deeper, longer or more than any referral is: not worth reading on. The fullest referral has some 1,100 values. */
const DEEPEST = 12;
const LONGEST_ARRAY = 100;
const MOST_VALUES = 2_000;
/** UTF-16 code units. The longest field has 20,000 characters, each of two units at the most. */
const LONGEST_TEXT = 60_000;
/** Such faults end the look at a value: what comes after them is not read. */
export const ENOUGH: readonly string[] = ['too_many', 'too_deep'];

/** A value with its text as it is stored (`plainText`), and the faults that make it unfit to look at further. */
export function inspectValue(value: unknown): { readonly value: unknown; readonly faults: readonly FieldFault[] } {
  const faults = new Faults();
  return { value: inspect(value, '', 0, faults), faults: faults.found };
}

/** What is found, and how much has been looked at: the work is in proportion to a referral, not to what was sent. */
class Faults {
  readonly found: FieldFault[] = [];
  private values = 0;

  push(fault: FieldFault): void {
    this.found.push(fault);
  }

  /** @returns whether these values too may be looked at */
  countIn(more: number): boolean {
    this.values += more;
    if (this.values <= MOST_VALUES) return true;
    if (this.values < Infinity) {
      this.push({ pointer: '', code: 'too_many', detail: `Has more than ${MOST_VALUES} values in all` });
    }
    this.values = Infinity;
    return false;
  }
}

function inspect(value: unknown, pointer: string, depth: number, faults: Faults): unknown {
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
    if (!faults.countIn(value.length)) return null;
    return value.map((item, index) => inspect(item, `${pointer}/${index}`, depth + 1, faults));
  }
  if (!faults.countIn(Object.keys(value).length)) return null;
  const clean: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === 'prototype' || name in Object.prototype) faults.push(unknownProperty(at));
    else clean[name] = inspect(item, at, depth + 1, faults);
  }
  return clean;
}

function inspectText(text: string, pointer: string, faults: Faults): string {
  if (text.length > LONGEST_TEXT) {
    faults.push({ pointer, code: 'too_long', detail: 'Is longer than any text that we take' });
    return '';
  }
  const plain = plainText(text);
  if (plain !== null) return plain;
  faults.push({
    pointer,
    code: 'invalid_text',
    detail: 'Holds a control character, half of a surrogate pair or a heap of marks',
  });
  return '';
}
