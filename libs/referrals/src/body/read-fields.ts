import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { FieldFault } from './field-fault.ts';
import { fieldFaults } from './field-faults.ts';
import { ENOUGH, inspectValue } from './inspect-value.ts';
import { withoutBlanks } from './without-blanks.ts';

/** A body as its class reads it. */
export interface ReadFields<T> {
  /** Null when what was sent is no object, or so much that its fields are not worth reading. */
  readonly body: T | null;
  /** With faults the fields of the body may be of any shape. */
  readonly faults: readonly FieldFault[];
}

/** Reads what was sent as a body of a class: its texts as they are stored, and what is wrong with each field by itself. */
export function readFields<T extends object>(shape: new () => T, sent: unknown): ReadFields<T> {
  const { value: inspected, faults } = inspectValue(sent);
  if (faults.some(({ code }) => ENOUGH.includes(code))) return { body: null, faults };
  const value = withoutBlanks(inspected);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { body: null, faults: [NOT_AN_OBJECT] };
  const body = plainToInstance(shape, value);
  const errors = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return { body, faults: [...faults, ...fieldFaults(errors)] };
}

const NOT_AN_OBJECT: FieldFault = { pointer: '', code: 'object', detail: 'Must be an object' };

/** Text that could not be read is refused for that, whatever else is wrong with what is left of it. */
export function oneAPointer(faults: readonly FieldFault[]): readonly FieldFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()].toReversed();
}
