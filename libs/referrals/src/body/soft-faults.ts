import { lengthOf, plainText } from '#domain';
import type { FieldFault } from './field-fault.ts';

/** A value that was set apart, because it cannot be right. */
export interface SetApart extends Pick<FieldFault, 'pointer' | 'code' | 'detail'> {
  /** As the agency sent it. */
  readonly sent: string;
}

/** A value that a person can look into is short. */
const LONGEST = 200;

/**
 * The faults for which a concern need not be refused where its sender asks for that: the field may be left out, and a
 * person can find out what is right. A code that is none of its list is not among them, nor a field that is missing.
 */
const SOFT: readonly (readonly [place: RegExp, codes: readonly string[]])[] = [
  [/^\/children\/\d+\/nhsNumber$/, ['nhs_number_check_digit', 'number_of_nobody']],
  [/^\/children\/\d+\/upn$/, ['upn_check_letter', 'number_of_nobody']],
  [/^\/(children|adults)\/\d+\/address\/uprn$/, ['uprn']],
  [/^\/(children|adults)\/\d+\/dateOfBirth$/, ['date', 'too_long_ago', 'in_the_future']],
  [/^\/children\/\d+\/expectedDateOfBirth$/, ['date', 'too_long_ago', 'too_far_ahead']],
  [/^\/children\/\d+\/estimatedAge$/, ['whole_number']],
  [/^\/concern\/occurredAt$/, ['date_or_date_time', 'too_long_ago', 'in_the_future']],
  [/^\/reportedAt$/, ['date_time', 'too_long_ago', 'in_the_future']],
  [/^\/(referrer|adults\/\d+)\/phone$/, ['telephone']],
  [/^\/referrer\/email$/, ['email']],
];

/**
 * A body without the values whose faults are soft, and these. A fault that is not soft, or whose value is no short text or
 * number, leaves its value where it is, and the body is refused for it.
 */
export function withoutSoftFaults(sent: unknown, faults: readonly FieldFault[]) {
  const body = structuredClone(sent);
  const setApart = faults.flatMap(({ pointer, code, detail }): readonly SetApart[] => {
    if (!SOFT.some(([place, codes]) => place.test(pointer) && codes.includes(code))) return [];
    const names = pointer.split('/').slice(1);
    const last = names.pop()!;
    const parent = names.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], body);
    const value = (parent as Record<string, unknown>)[last];
    const said = last === 'estimatedAge' ? ageSent(value) : typeof value === 'string' ? plainText(value) : null;
    if (said === null || lengthOf(said) > LONGEST) return [];
    delete (parent as Record<string, unknown>)[last];
    return [{ pointer, code, detail, sent: said }];
  });
  return { body, setApart };
}

/** Text that should be a number is another fault than a number that is too large. */
const ageSent = (value: unknown) => (typeof value === 'number' ? String(value) : null);
