import { foldName, impossibleTimes, nameKey, type SubmittedReferral } from '#domain';
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
  const before = (index: number) => children.filter(([, other]) => other < index).map(([child]) => child);
  return children.flatMap(([child, index]) => {
    const fault = (at: string, detail: string) => [
      { pointer: `/children/${index}${at}`, code: 'same_child_twice', detail },
    ];
    const others = before(index);
    const hasNumberOf = (field: 'nhsNumber' | 'upn') =>
      child[field] !== undefined && others.some((other) => other[field] === child[field]);
    if (hasNumberOf('nhsNumber')) return fault('/nhsNumber', 'Is the NHS number of another child of this referral');
    if (hasNumberOf('upn')) return fault('/upn', 'Is the UPN of another child of this referral');
    return others.some((other) => areOne(child, other))
      ? fault('', 'Is another child of this referral again: the same names and date of birth')
      : [];
  });
}

/** Both have both names and a date of birth, and no number of one kind tells them apart. */
function areOne(one: Fields, other: Fields): boolean {
  const areApart = (['nhsNumber', 'upn'] as const).some(
    (field) => one[field] !== undefined && other[field] !== undefined && one[field] !== other[field],
  );
  const [names, others] = [bothNames(one), bothNames(other)];
  return !areApart && names !== null && names === others && one['dateOfBirth'] === other['dateOfBirth'];
}

/** First and last name in either order; null unless both are names. */
function bothNames({ firstName, lastName, dateOfBirth }: Fields): string | null {
  if (typeof firstName !== 'string' || typeof lastName !== 'string' || dateOfBirth === undefined) return null;
  return nameKey({ firstName, lastName }) === null ? null : [firstName, lastName].map(foldName).sort().join('/');
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
