import { getMetadataStorage } from 'class-validator';
import leven from 'leven';

/** Texts longer than this are no slip of the pen, and are not compared. */
const LONGEST = 60;

/**
 * The one of our names that was probably meant: the same letters in other writing (`first_name`), or one slip in three
 * letters at most. Only a name of ours is ever said back.
 *
 * @returns empty when none is near
 */
export function didYouMean(sent: unknown, ours: readonly string[]): string {
  if (typeof sent !== 'string' || sent.length > LONGEST) return '';
  const plain = plainly(sent);
  const near = ours
    .map((name) => ({ name, slips: leven(plain, plainly(name), { maxDistance: 4 }) }))
    .filter(({ name, slips }) => slips <= Math.min(3, Math.floor(name.length / 3)))
    .toSorted((one, other) => one.slips - other.slips)[0];
  return near === undefined ? '' : `. Did you mean ${near.name}?`;
}

const plainly = (name: string) => name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** The properties that an object of a body may have. */
export function propertiesOf(object: object | undefined): readonly string[] {
  if (object === undefined) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(object.constructor, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

/** Says that a value was sent as the wrong kind of JSON, where that is the fault. */
export function kindSent(wanted: string, sent: unknown): string {
  const kind = sent === null ? 'null' : Array.isArray(sent) ? 'list' : typeof sent;
  const isPlain = ['string', 'number', 'boolean'].includes(kind);
  if (wanted === 'list' || wanted === 'object') return kind === wanted ? '' : `. ${A_KIND[kind]} was sent`;
  if (wanted === 'whole_number' || wanted === 'true_or_false') {
    const right = wanted === 'whole_number' ? 'number' : 'boolean';
    if (kind === right) return '';
    return `. ${A_KIND[kind]} was sent${kind === 'string' ? ': leave out the quotation marks' : ''}`;
  }
  if (kind === 'string') return '';
  return `. ${A_KIND[kind]} was sent${isPlain ? ': put it in quotation marks' : ''}`;
}

const A_KIND: Readonly<Record<string, string>> = {
  null: 'Null',
  list: 'A list',
  object: 'An object',
  string: 'Text',
  number: 'A number',
  boolean: 'True or false',
};
