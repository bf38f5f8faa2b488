import type { AuditLine } from '#audit';
import { codeInWords } from '../words/words.ts';

/** What an entry of the record says beside its act: its parts may be missing, or of a shape of earlier days. */
export type Details = AuditLine['details'];

/** An act, and what of its details tells people something. */
export type Words = readonly [act: string, detail?: (details: Details) => string];

export const text = (details: Details, name: string) => (typeof details[name] === 'string' ? details[name] : '');
export const coded = (details: Details, name: string) => codeInWords(text(details, name));
export const allOf = (details: Details, name: string): readonly string[] =>
  (Array.isArray(details[name]) ? (details[name] as unknown[]) : []).map(String);

/** Such as `3 lines`. */
export const countOf = (details: Details, name: string, one: string, many: string) =>
  `${Number(details[name] ?? 0)} ${details[name] === 1 ? one : many}`;

/** Such as `child 2`. */
export const childInWords = (details: Details) =>
  typeof details['child'] === 'number' ? `child ${details['child']}` : '';
