import type { ValidationError } from 'class-validator';
import { escapePointer, unknownProperty, type FieldFault } from './field-fault.ts';
import { didYouMean, kindSent, propertiesOf } from './say-more.ts';

/** What a rule of a field tells beside its message. */
export interface RuleContext {
  /** For a rule about each item of a list: whether it is broken by one. */
  readonly isBrokenBy?: (item: unknown, index: number, items: readonly unknown[]) => boolean;
  /** For a rule that names codes. */
  readonly codes?: readonly string[];
}

/** The faults that class-validator found, one a field or item, each with its pointer. */
export function fieldFaults(errors: readonly ValidationError[], parent = ''): readonly FieldFault[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const own = ownFaults(pointer, error);
    // Within what is no object nothing is looked for.
    const noObjects = own.filter(({ code }) => code === 'object').map((fault) => `${fault.pointer}/`);
    const isOutside = (fault: FieldFault) => !noObjects.some((place) => `${fault.pointer}/`.startsWith(place));
    return [...own, ...fieldFaults(error.children ?? [], pointer).filter(isOutside)];
  });
}

function ownFaults(pointer: string, error: ValidationError): readonly FieldFault[] {
  const { constraints, target, property } = error;
  const value: unknown = error.value;
  if (constraints === undefined) return [];
  if ('whitelistValidation' in constraints) {
    return [unknownProperty(pointer, didYouMean(property, propertiesOf(target)))];
  }
  const ofItems = Object.keys(constraints).filter((rule) => contextOf(error, rule).isBrokenBy !== undefined);
  if (!Array.isArray(value)) return faultOf(pointer, error, Object.keys(constraints), value);
  const items: readonly unknown[] = value;
  const ofList = Object.keys(constraints).filter((rule) => !ofItems.includes(rule));
  return [
    ...faultOf(pointer, error, ofList, value),
    ...items.flatMap((item, index) => {
      const broken = ofItems.filter((rule) => contextOf(error, rule).isBrokenBy!(item, index, items));
      return faultOf(`${pointer}/${index}`, error, broken, item);
    }),
  ];
}

/** The fault of one value: of the rules that it breaks, the one that says most. */
function faultOf(pointer: string, error: ValidationError, rules: readonly string[], value: unknown): FieldFault[] {
  const rule = FIRST.find((name) => rules.includes(name)) ?? rules.at(-1);
  if (rule === undefined) return [];
  const code = CODES[rule] ?? rule;
  const more = OF_ITS_KIND.includes(code)
    ? ''
    : kindSent(code, value) || didYouMean(value, contextOf(error, rule).codes ?? []);
  return [{ pointer, code, detail: error.constraints![rule]!, ...(more && { more }) }];
}

function contextOf({ contexts }: ValidationError, rule: string): RuleContext {
  return (contexts?.[rule] as RuleContext | undefined) ?? {};
}

/** When a value breaks several rules, the one that says most. */
const FIRST = ['required', 'isArray', 'text', 'object', 'isInt', 'isIn'];

/** Codes that say nothing of the kind of a value. */
const OF_ITS_KIND = ['required', 'too_few', 'too_many', 'repeated'];

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
