import { escapePointer } from '#referrals';
import type { PlacedFault } from '../problems/api-problem.ts';

/** More repeated names than this say no more. */
const MOST_FAULTS = 100;
/** A pointer goes no deeper: line and column are exact. */
const DEEPEST = 12;

interface Open {
  readonly kind: 'object' | 'array';
  /** Of an object, so far. */
  readonly names: Set<string> | null;
  /** Of the value that comes next, within this object or array. */
  at: string | number;
}
type Expected = 'value' | 'first item' | 'first name' | 'name' | 'colon' | 'comma' | 'end';

const SPACE = /[ \t\r\n]*/y;
/** As far as a string goes: to its closing quotation mark, or to what no string may hold. */
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![\w.+-])/y;

const WANTED: Readonly<Record<Expected, string>> = {
  value: 'A value is expected here',
  'first item': 'A value or ] is expected here',
  'first name': 'A property name in quotation marks, or }, is expected here',
  name: 'A property name in quotation marks is expected here',
  colon: 'A colon is expected here',
  comma: 'A comma or the closing bracket is expected here',
  end: 'Nothing more is expected here',
};

/**
 * What is wrong with a text as JSON, and with its objects as JSON does not say: the first fault of its form, or else
 * every name that an object has twice. JSON.parse tells neither where the one is nor that there is the other, and
 * parsers that do are less strict than it (a property compares the two).
 */
export function jsonFaults(text: string): { readonly form?: PlacedFault; readonly repeated: readonly PlacedFault[] } {
  const open: Open[] = [];
  const repeated: PlacedFault[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = offset;
    const taken = pattern.exec(text)?.[0] ?? '';
    offset += taken.length;
    return taken;
  };
  const form = (code: string, detail: string) => ({ form: placed(text, offset, '', code, detail), repeated: [] });
  const valueEnds = () => (open.length === 0 ? 'end' : 'comma');

  for (;;) {
    take(SPACE);
    const inner = open.at(-1);
    const start = offset;
    const next = text[offset];
    if (next === undefined) {
      return expected === 'end' ? { repeated } : form('json_ends_early', 'The text ends before the JSON is complete');
    }
    const takesValue = expected === 'value' || expected === 'first item';
    if (takesValue && (next === '{' || next === '[')) {
      const kind = next === '{' ? 'object' : 'array';
      open.push({ kind, names: kind === 'object' ? new Set() : null, at: 0 });
      expected = kind === 'object' ? 'first name' : 'first item';
      offset++;
    } else if (closes(next, inner, expected)) {
      open.pop();
      expected = valueEnds();
      offset++;
    } else if (next === '"' && (takesValue || expected === 'name' || expected === 'first name')) {
      const string = take(STRING);
      if (text[offset] !== '"') {
        if (text[offset] === undefined) return form('json_ends_early', 'The text ends within a string');
        return text[offset] === '\\'
          ? form('json_syntax', 'No such escape: a backslash within a string is written twice')
          : form('json_syntax', 'A line end or control character stands within a string: write it as \\n or \\u00XX');
      }
      offset++;
      if (takesValue) expected = valueEnds();
      else {
        const name = JSON.parse(`${string}"`) as string;
        inner!.at = name;
        if (inner!.names!.has(name) && repeated.length < MOST_FAULTS) {
          const pointer = open
            .slice(0, DEEPEST)
            .map(({ at }) => `/${escapePointer(String(at))}`)
            .join('');
          repeated.push(placed(text, start, pointer, 'repeated_property', 'The object has this property already'));
        }
        inner!.names!.add(name);
        expected = 'colon';
      }
    } else if (takesValue && take(SCALAR) !== '') expected = valueEnds();
    else if (next === ':' && expected === 'colon') {
      expected = 'value';
      offset++;
    } else if (next === ',' && expected === 'comma') {
      if (inner!.kind === 'array') inner!.at = Number(inner!.at) + 1;
      expected = inner!.kind === 'array' ? 'value' : 'name';
      offset++;
    } else return form('json_syntax', WANTED[expected]);
  }
}

function closes(next: string, inner: Open | undefined, expected: Expected): boolean {
  if (inner === undefined) return false;
  return inner.kind === 'object'
    ? next === '}' && (expected === 'comma' || expected === 'first name')
    : next === ']' && (expected === 'comma' || expected === 'first item');
}

/** A fault at an offset; lines end as editors end them, columns count characters. */
export function placed(text: string, offset: number, pointer: string, code: string, detail: string): PlacedFault {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r]/);
  const [line, column] = [lines.length, [...lines.at(-1)!].length + 1];
  return { pointer, code, detail: `Line ${line}, column ${column}: ${detail}`, line, column };
}
