import { RECORD_KINDS, type RecordKind, type RecordPlace } from '#audit';
import { parseReferralReference } from '#domain';
import { isUuid } from '#platform';
import type { FormErrors } from '../../shell/forms/read-form.ts';

/** What the page asks of the record: its address, which has ids, codes and days alone. */
export interface RecordQuery {
  readonly person: string;
  readonly reference: string;
  /** Empty for every kind. */
  readonly kind: RecordKind | '';
  readonly from: string;
  readonly to: string;
  readonly after: RecordPlace | null;
}

/** Where nothing else is said, the page shows the refusals of so many days. */
const DAYS_AT_FIRST = 7;

type Asked = Readonly<Record<string, unknown>>;

/**
 * Reads the query of the page's address.
 *
 * @param today a local date
 * @returns the fields as they were typed where one cannot be read, with what is wrong with it
 */
export function readRecordQuery(
  asked: Asked,
  today: Temporal.PlainDate,
): { readonly query: RecordQuery; readonly errors: null } | { readonly query: null; readonly errors: FormErrors } {
  const { person, reference, kind, from, to } = typedIn(asked, today);
  const known = RECORD_KINDS.find((one) => one === kind) ?? '';
  const parsed = reference === '' ? '' : parseReferralReference(reference);
  const errors: FormErrors = {
    ...(person === '' || isUuid(person) ? {} : { person: 'Select a person' }),
    ...(parsed === null ? { reference: 'Give the whole reference, such as MASH-7K3F-9QXT' } : {}),
    ...(known === kind ? {} : { kind: 'Select what they did' }),
    ...(isDay(from) ? {} : { from: 'Give a whole date' }),
    ...(isDay(to) ? {} : { to: 'Give a whole date' }),
    ...(isDay(from) && isDay(to) && from >= to ? { to: 'Give a day after the first' } : {}),
  };
  if (Object.keys(errors).length > 0) return { query: null, errors };
  const after = typeof asked['after'] === 'string' ? readPlace(asked['after']) : null;
  return { query: { person, reference: parsed!, kind: known, from, to, after }, errors: null };
}

/** The fields of the form as an address has them, or as they are at first. */
export function typedIn(asked: Asked, today: Temporal.PlainDate) {
  const text = (name: string) => (typeof asked[name] === 'string' ? asked[name].trim() : '');
  const isAsked = ['person', 'reference', 'kind', 'from', 'to'].some((name) => name in asked);
  return {
    person: text('person'),
    reference: text('reference'),
    kind: isAsked ? text('kind') : 'refused',
    from: text('from') || today.subtract({ days: DAYS_AT_FIRST - 1 }).toString(),
    to: text('to') || today.add({ days: 1 }).toString(),
  };
}

/** The address of a question, or of what follows a page of its answer. */
export function recordUrl({ person, reference, kind, from, to }: RecordQuery, after: RecordPlace | null): string {
  const query = new URLSearchParams({ person, reference, kind, from, to });
  if (after !== null) query.set('after', `${after.at.epochMilliseconds}.${after.id}`);
  return `/oversight/record?${query.toString()}`;
}

function readPlace(written: string): RecordPlace | null {
  const [, at, id] = /^(\d{1,14})\.([\da-f-]{36})$/.exec(written) ?? [];
  return at === undefined || !isUuid(id!) ? null : { at: Temporal.Instant.fromEpochMilliseconds(Number(at)), id: id! };
}

/** A day of the years for which the service keeps a record. */
function isDay(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
