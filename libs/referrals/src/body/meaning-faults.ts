import { impossibleTimes, nameKey, type SubmittedReferral } from '#domain';
import type { FieldFault } from './field-fault.ts';
import { isDateTime, isLocalDate } from './written-times.ts';

/** A body whose fields may still be of any shape. */
type Unchecked = Partial<Record<keyof SubmittedReferral, unknown>>;
type Fields = Readonly<Record<string, unknown>>;

/** Faults between fields, which no single field shows. Fields of a wrong shape are another check's affair. */
export function meaningFaults(body: Unchecked): readonly FieldFault[] {
  const children = partsOf(body.children);
  return [
    ...children.flatMap(([child, index]) => [
      ...childFaults(child, `/children/${index}`),
      ...censusFaults(child, `/children/${index}`),
    ]),
    ...sameTwice(children),
    ...parentsInformedFaults(body.parentsInformed),
  ];
}

/**
 * Dates and times that cannot be, of a body that may have other faults.
 *
 * @param now an instant that is near that of receipt
 */
export function timeFaults(
  body: Unchecked,
  now: Temporal.Instant,
  calendar: { readonly timeZone: string },
): readonly FieldFault[] {
  const date = (value: unknown) => (isLocalDate(value) ? value : undefined);
  const moment = (value: unknown) => (isDateTime(value) ? value : undefined);
  const { occurredAt } = isFields(body.concern) ? body.concern : {};
  const people = (parts: unknown) =>
    (Array.isArray(parts) ? (parts as unknown[]) : []).map((part) => {
      const { dateOfBirth, expectedDateOfBirth } = isFields(part) ? part : {};
      return { dateOfBirth: date(dateOfBirth), expectedDateOfBirth: date(expectedDateOfBirth) };
    });
  return impossibleTimes(
    {
      children: people(body.children),
      adults: people(body.adults),
      occurredAt: date(occurredAt) ?? moment(occurredAt),
      reportedAt: moment(body.reportedAt),
    },
    now,
    calendar,
  );
}

function childFaults(child: Fields, pointer: string): readonly FieldFault[] {
  const isKnown = ['firstName', 'lastName', 'description'].some((name) => child[name] !== undefined);
  const ages = ['dateOfBirth', 'expectedDateOfBirth', 'estimatedAge'].filter((name) => child[name] !== undefined);
  return [
    ...(isKnown ? [] : [{ pointer, code: 'who_is_it', detail: 'Must have a firstName, a lastName or a description' }]),
    ...(ages.length <= 1
      ? []
      : [
          {
            pointer,
            code: 'one_age_only',
            detail: 'Must have at most one of dateOfBirth, expectedDateOfBirth, estimatedAge',
          },
        ]),
  ];
}

/** Answers that the children in need census calls impossible, by its rules 8750 and 8790, and numbers that come with birth. */
function censusFaults(child: Fields, pointer: string): readonly FieldFault[] {
  const fault = (field: string, detail: string) => ({ pointer: `${pointer}/${field}`, code: 'contradiction', detail });
  const { disabilities, sex } = child;
  const codes = Array.isArray(disabilities) ? (disabilities as unknown[]) : [];
  const isUnborn = child['expectedDateOfBirth'] !== undefined;
  return [
    ...(codes.includes('NONE') && codes.length > 1
      ? [fault('disabilities', 'Must not have NONE beside a disability')]
      : []),
    ...(isUnborn && codes.length > 0
      ? [fault('disabilities', 'Must be left out for a child who is not born yet')]
      : []),
    ...(isUnborn && sex !== undefined && sex !== 'U'
      ? [fault('sex', 'Must be U for a child who is not born yet')]
      : []),
    ...(['nhsNumber', 'upn'] as const)
      .filter((field) => isUnborn && child[field] !== undefined)
      .map((field) => fault(field, 'Must be left out for a child who is not born yet')),
  ];
}

/** No number has two children, and no child is there twice: it is the second that is at fault. */
function sameTwice(children: readonly (readonly [Fields, number])[]): readonly FieldFault[] {
  const keys = [
    {
      at: '/nhsNumber',
      detail: 'Is the NHS number of another child of this referral',
      of: (child: Fields) => child['nhsNumber'],
    },
    { at: '/upn', detail: 'Is the UPN of another child of this referral', of: (child: Fields) => child['upn'] },
    { at: '', detail: 'Is another child of this referral again: the same name and date of birth', of: nameAndBirth },
  ];
  return keys.flatMap(({ at, detail, of }) => {
    const seen = new Set<unknown>();
    return children.flatMap(([child, index]) => {
      const key = of(child);
      if (key === undefined || !seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [{ pointer: `/children/${index}${at}`, code: 'same_child_twice', detail }];
    });
  });
}

function nameAndBirth(child: Fields): string | undefined {
  const { firstName, lastName, dateOfBirth } = child;
  if (![firstName, lastName].every((name) => name === undefined || typeof name === 'string')) return undefined;
  const key = nameKey({ firstName, lastName } as Parameters<typeof nameKey>[0]);
  return key === null || typeof dateOfBirth !== 'string' ? undefined : `${key} ${dateOfBirth}`;
}

function parentsInformedFaults(value: unknown): readonly FieldFault[] {
  if (!isFields(value) || value['informed'] !== 'no' || value['notInformedReason'] !== undefined) return [];
  const pointer = '/parentsInformed/notInformedReason';
  return [{ pointer, code: 'required', detail: "Is required when informed is 'no'" }];
}

function partsOf(value: unknown): readonly (readonly [Fields, number])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((part: unknown, index) => (isFields(part) ? [[part, index] as const] : []));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
