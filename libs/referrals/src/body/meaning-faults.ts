import type { SubmittedReferral } from '#domain';
import type { FieldFault } from './field-fault.ts';

/** A body whose fields may still be of any shape. */
type Unchecked = Partial<Record<keyof SubmittedReferral, unknown>>;
/** No person alive was born before, nor has seen anything: the year was written short or wrong. */
const EARLIEST = '1900-01-01';
type Fields = Readonly<Record<string, unknown>>;

/** Faults between fields, which no single field shows. Fields of a wrong shape are another check's affair. */
export function meaningFaults(body: Unchecked): readonly FieldFault[] {
  return [
    ...partsOf(body.children).flatMap(([child, index]) => childFaults(child, `/children/${index}`)),
    ...[...datesOfBirth(body), ...otherDates(body)]
      .filter(({ date }) => date < EARLIEST)
      .map(({ pointer }) => ({ pointer, code: 'too_long_ago', detail: 'Must not be before 1900' })),
    ...parentsInformedFaults(body.parentsInformed),
  ];
}

/**
 * Dates of birth that have not come yet.
 *
 * @param today the local date of receipt
 */
export function birthsInTheFuture(body: Unchecked, today: string): readonly FieldFault[] {
  return datesOfBirth(body)
    .filter(({ date }) => date > today)
    .map(({ pointer }) => ({ pointer, code: 'in_the_future', detail: 'Must not be in the future' }));
}

/** The latest date of birth in a body, for asking the clock only when it could matter; empty when there is none. */
export function latestBirth(body: Unchecked): string {
  return datesOfBirth(body).reduce((latest, { date }) => (date > latest ? date : latest), '');
}

function datesOfBirth(body: Unchecked): readonly { pointer: string; date: string }[] {
  return (['children', 'adults'] as const).flatMap((people) =>
    partsOf(body[people]).flatMap(([{ dateOfBirth }, index]) =>
      typeof dateOfBirth === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(dateOfBirth)
        ? [{ pointer: `/${people}/${index}/dateOfBirth`, date: dateOfBirth }]
        : [],
    ),
  );
}

function otherDates(body: Unchecked): readonly { pointer: string; date: string }[] {
  const expected = partsOf(body.children).map(([child, index]) => ({
    pointer: `/children/${index}/expectedDateOfBirth`,
    date: child['expectedDateOfBirth'],
  }));
  const occurredAt = isFields(body.concern) ? body.concern['occurredAt'] : undefined;
  return [...expected, { pointer: '/concern/occurredAt', date: occurredAt }].flatMap(({ pointer, date }) =>
    typeof date === 'string' && /^\d{4}-\d{2}-\d{2}/.test(date) ? [{ pointer, date }] : [],
  );
}

function childFaults(child: Fields, pointer: string): readonly FieldFault[] {
  const isKnown = ['firstName', 'lastName', 'description'].some((name) => isSaid(child[name]));
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

/** A blank is not a value. */
function isSaid(value: unknown): boolean {
  return typeof value === 'string' ? /\S/.test(value) : value !== undefined;
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
