import { localMoment, readTimeOfDay } from '#domain';
import type { FieldFault } from '#referrals';
import type { Typed } from '#work';
import { REFERRAL_FIELDS, type FieldGroup, type ReferralField } from './referral-fields.ts';

/** The most of each that the API takes. */
const MOST: Readonly<Record<string, number>> = { '/children': 12, '/adults': 20, '/otherAgencies': 20 };
/** Groups that the API needs even when they are empty, so that a fault is named at the field and not at the group. */
const NEEDED = ['/referrer', '/concern', '/parentsInformed', '/agreement'];

/** How many of a group are on the form. */
export function countOf({ at, each }: FieldGroup, typed: Typed): number {
  if (each === undefined) return 1;
  const asked = Number(typed[`count:${at}`] ?? 1);
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MOST[at]!) : 1;
}

/** Where one of a group's is in the referral. */
export function placeOf({ at, each }: FieldGroup, index: number): string {
  return each === undefined ? at : `${at}/${index}`;
}

/**
 * The referral that a person typed, in the shape of the API's body, with its faults. What was left empty is
 * not in it, nor is a person or an agency of whom nothing was said.
 *
 * @param zone in which times were typed
 */
export function referralOf(typed: Typed, zone: string): Record<string, unknown> {
  const referral: Record<string, unknown> = {};
  for (const group of REFERRAL_FIELDS) {
    if (group.each === undefined) {
      const values = valuesOf(group, group.at, typed, zone);
      if (group.at === '') Object.assign(referral, values);
      else if (Object.keys(values).length > 0 || NEEDED.includes(group.at)) referral[group.at.slice(1)] = values;
    } else {
      const all = Array.from({ length: countOf(group, typed) }, (_, index) =>
        valuesOf(group, placeOf(group, index), typed, zone),
      );
      // The places of those that follow must stay as they are on the form: only the last ones can be left out.
      while (all.length > 0 && Object.keys(all.at(-1)!).length === 0 && !(group.at === '/children' && all.length === 1))
        all.pop();
      if (all.length > 0) referral[group.at.slice(1)] = all;
    }
  }
  return referral;
}

function valuesOf({ fields }: FieldGroup, place: string, typed: Typed, zone: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, `${place}/${field.name}`, typed, zone);
    if (value === undefined) continue;
    const [part, within] = field.name.split('/') as [string, string?];
    if (within === undefined) values[part] = value;
    else values[part] = { ...(values[part] as object | undefined), [within]: value };
  }
  return values;
}

function valueOf({ kind, name, choices = [] }: ReferralField, at: string, typed: Typed, zone: string): unknown {
  const text = (typed[at] ?? '').trim();
  switch (kind) {
    case 'several': {
      const chosen = choices.map(({ value }) => value).filter((value) => typed[`${at}#${value}`] !== undefined);
      return chosen.length === 0 ? undefined : chosen;
    }
    case 'date':
      return dateOf(at, typed);
    case 'moment':
      return momentOf(at, typed, zone);
    case 'yes-or-no':
      return text === '' ? undefined : text === 'yes' ? true : text === 'no' ? false : text;
    case 'number':
      return text === '' ? undefined : /^-?\d{1,9}$/.test(text) ? Number(text) : text;
    case 'one':
    case 'text':
    case 'line':
      if (text === '') return undefined;
      return name === 'otherNames'
        ? text
            .split(';')
            .map((one) => one.trim())
            .filter((one) => one !== '')
        : text;
  }
}

/** `YYYY-MM-DD` where it can be told; what was typed where it cannot, for the API's own rules to refuse. */
function dateOf(at: string, typed: Typed): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => (typed[`${at}#${part}`] ?? '').trim()) as [
    string,
    string,
    string,
  ];
  if (`${day}${month}${year}` === '') return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A date, or with a time the instant that it was in the hub's time zone; the earlier one where the clocks went back. */
function momentOf(at: string, typed: Typed, zone: string): string | undefined {
  const date = dateOf(at, typed);
  const moment = readMoment(at, typed, zone);
  return moment === null || typeof moment === 'string' ? date : moment.toString();
}

/** What is wrong with the times of moments; their dates are for the reader of the referral to judge. */
export function faultsOfTimes(typed: Typed, zone: string): readonly FieldFault[] {
  return REFERRAL_FIELDS.flatMap((group) =>
    Array.from({ length: countOf(group, typed) }, (_, index) => placeOf(group, index)).flatMap((place) =>
      group.fields
        .filter(({ kind }) => kind === 'moment')
        .flatMap(({ name }) => {
          const pointer = `${place}/${name}`;
          const moment = readMoment(pointer, typed, zone);
          return typeof moment === 'string' ? [{ pointer, code: 'time', detail: moment }] : [];
        }),
    ),
  );
}

/** @returns the instant; null without a time, or when the date does not exist; a sentence when it is the time's fault */
function readMoment(at: string, typed: Typed, zone: string): Temporal.Instant | string | null {
  const [date, written] = [dateOf(at, typed), (typed[`${at}#time`] ?? '').trim()];
  if (written === '') return null;
  if (date === undefined) return 'Give the date of this time';
  const time = readTimeOfDay(written);
  if (time === null) return 'Give the time as 14:30 or 2.30pm';
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(date, { overflow: 'reject' });
  } catch {
    return null;
  }
  return localMoment(zone, day, time) ?? 'There was no such time: the clocks went forward in that night';
}
