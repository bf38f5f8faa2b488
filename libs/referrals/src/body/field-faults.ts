import type { ValidationError } from 'class-validator';
import { escapePointer, unknownProperty, type FieldFault } from './field-fault.ts';

/** The faults that class-validator found, one a field, each with its pointer. */
export function fieldFaults(errors: readonly ValidationError[], parent = ''): readonly FieldFault[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const within = fieldFaults(error.children ?? [], pointer);
    // An item that is no object is named itself; the list it is in need not be.
    return error.constraints?.['object'] !== undefined && within.length > 0
      ? within
      : [...ownFault(pointer, error.constraints), ...within];
  });
}

function ownFault(pointer: string, constraints: Record<string, string> | undefined): readonly FieldFault[] {
  if (constraints === undefined) return [];
  if ('whitelistValidation' in constraints) return [unknownProperty(pointer)];
  const code = FIRST.find((name) => name in constraints) ?? Object.keys(constraints).at(-1)!;
  return [{ pointer, code: CODES[code] ?? code, detail: constraints[code]! }];
}

/** When a value breaks several rules, the one that says most. */
const FIRST = ['required', 'text', 'object', 'isArray', 'isInt', 'isIn'];

/** Our codes for class-validator's own rules. */
const CODES: Readonly<Record<string, string>> = {
  isArray: 'list',
  arrayMinSize: 'too_few',
  arrayMaxSize: 'too_many',
  arrayUnique: 'repeated',
  isIn: 'not_in_list',
  isInt: 'whole_number',
  min: 'whole_number',
  max: 'whole_number',
  isBoolean: 'true_or_false',
  isEmail: 'email',
  nestedValidation: 'object',
};
