import { IsIn } from 'class-validator';
import type { FoundInCaseSystem } from '#children';
import { CASE_RESULTS, isBlank, isKnownThere, lengthOf, type CaseResult } from '#domain';
import type { Typed } from '#work';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN, type FormErrors } from '../../shell/forms/read-form.ts';

/** The answers have a field for each child, such as `result.0`: {@link foundIn} reads them. */
export class CaseCheckForm {
  /** `none` where the person says of all children at once that none is known there. */
  @Hidden() @IsIn(['', 'none'], REOPEN) readonly known: '' | 'none' = '';
  /** Where the person goes on. */
  @Hidden() @IsIn(['', 'decision'], REOPEN) readonly then: '' | 'decision' = '';
}

export const CASE_FIELDS = ['result', 'caseNumber', 'worker', 'team', 'reason'] as const;
type CaseField = (typeof CASE_FIELDS)[number];

/** The name of a child's field, by the child's place in the referral. */
export const caseField = (field: CaseField, position: number) => `${field}.${position}`;

const MOST: Readonly<Record<Exclude<CaseField, 'result'>, readonly [most: number, what: string]>> = {
  caseNumber: [60, 'The number'],
  worker: [200, 'The name of the worker'],
  team: [200, 'The team'],
  reason: [1_000, 'The reason'],
};

/**
 * The answers of a form about so many children. A child without an answer stands as before; at least one has one.
 *
 * @returns what is wrong with the fields, or what was found of each child that has an answer
 */
export function foundIn(
  typed: Typed,
  children: number,
): { readonly errors: FormErrors } | { readonly found: readonly FoundInCaseSystem[] } {
  const errors: Record<string, string> = {};
  const found: FoundInCaseSystem[] = [];
  for (let position = 0; position < children; position++) {
    const said = (field: CaseField) => (typed[caseField(field, position)] ?? '').trim();
    const result = said('result');
    const texts = {
      caseNumber: said('caseNumber'),
      worker: said('worker'),
      team: said('team'),
      reason: said('reason'),
    };
    if (result === '' && Object.values(texts).every(isBlank)) continue;
    if (!isResult(result)) {
      errors[caseField('result', position)] = 'Select what the case system says of this child';
      continue;
    }
    if (result === 'open' && isBlank(texts.worker + texts.team))
      errors[caseField('worker', position)] = 'Enter the allocated worker, or the team where none is allocated';
    if (result === 'not_checked' && isBlank(texts.reason))
      errors[caseField('reason', position)] = 'Enter why it could not be checked';
    for (const field of fieldsOf(result)) {
      const [most, what] = MOST[field];
      if (lengthOf(texts[field]) > most)
        errors[caseField(field, position)] = `${what} must be ${inWords(most)} or fewer`;
    }
    found.push({ position, result, ...texts });
  }
  if (found.length === 0 && Object.keys(errors).length === 0)
    errors[caseField('result', 0)] = 'Select what the case system says of a child';
  return Object.keys(errors).length > 0 ? { errors } : { found };
}

/** That no child of a referral is known there. */
export function noneKnown(children: number): readonly FoundInCaseSystem[] {
  const nothing = { caseNumber: '', worker: '', team: '', reason: '' };
  return Array.from({ length: children }, (_, position) => ({ position, result: 'not_known', ...nothing }));
}

function isResult(text: string): text is CaseResult {
  return (CASE_RESULTS as readonly string[]).includes(text);
}

/** The texts that are kept of a result. */
function fieldsOf(result: CaseResult) {
  if (isKnownThere(result)) return ['caseNumber', 'worker', 'team'] as const;
  return result === 'not_checked' ? (['reason'] as const) : [];
}

const inWords = (most: number) => `${most.toLocaleString('en-GB')} characters`;
