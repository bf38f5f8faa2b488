import { describedFields, SubmitReferralBody } from '#referrals';

/** A place of a referral that a correction may name, with the list that it is in. */
export interface FieldPlace {
  /** `children` or `adults` with a place from 0; null of a field that is in no list. */
  readonly within: { readonly list: string; readonly index: number } | null;
}

type Shape = new () => object;
const DIGITS = /^(0|[1-9][0-9]?)$/;

/**
 * The field of a referral that a pointer names, whether or not it was sent: a correction may say what was left out.
 *
 * @param pointer RFC 6901
 * @returns null for a place that no referral has, or that holds more than one value
 */
export function fieldAt(pointer: string): FieldPlace | null {
  const [root, ...names] = pointer.split('/');
  let shape: Shape | null = SubmitReferralBody;
  let within: FieldPlace['within'] = null;
  if (root !== '') return null;
  for (let at = 0; at < names.length; at++) {
    const type: unknown = shape === null ? undefined : typeAt(shape, names[at]!);
    if (type === undefined) return null;
    if (!Array.isArray(type)) {
      shape = typeof type === 'function' ? (type as Shape) : null;
      continue;
    }
    const index = names[at + 1] ?? '';
    if (!DIGITS.test(index)) return null;
    within ??= { list: names[at]!, index: Number(index) };
    shape = (type as readonly Shape[])[0]!;
    at++;
  }
  return shape === null ? { within } : null;
}

/** The type of a property in the contract: a class for a part, a list of one for parts. */
function typeAt(shape: Shape, name: string): unknown {
  const found = describedFields().find(({ body, property }) => body === shape.prototype && property === name);
  return (found?.schema as { type?: unknown } | undefined)?.type;
}
