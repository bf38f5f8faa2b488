import { malformedBody, unsupportedMediaType, type FieldFault } from '../../problems/api-problem.ts';

/** Deeper or longer than any referral is: not worth reading on. */
const DEEPEST = 12;
const LONGEST_ARRAY = 100;
/** Control characters other than tab and line ends. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/**
 * The JSON value of a body, its text as NFC, with the faults that make it unfit to look at further.
 *
 * @param body the bytes as sent; not a buffer when the media type was not ours to read
 * @throws ApiProblem 400 or 415
 */
export function readJson(body: unknown): { value: unknown; faults: readonly FieldFault[] } {
  if (!Buffer.isBuffer(body)) throw unsupportedMediaType();
  const faults: FieldFault[] = [];
  return { value: inspect(parse(body), '', 0, faults), faults };
}

function parse(body: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw malformedBody('The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody('The body could not be parsed as JSON.');
  }
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
  if (text.isWellFormed() && !CONTROL.test(text)) return text.normalize('NFC');
  faults.push({ pointer, code: 'invalid_text', detail: 'Holds a control character or half of a surrogate pair' });
  return '';
}

export function unknownProperty(pointer: string): FieldFault {
  return { pointer, code: 'unknown_property', detail: 'Is not a property of a referral' };
}

/** RFC 6901; whatever else a name holds, it is shown as well-formed text of bounded length. */
export function escapePointer(name: string): string {
  return name.toWellFormed().slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
