import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { LookForChildren, type Candidate } from '#children';
import { normaliseNhsNumber, normalisePostcode, normaliseUpn, type SubmittedChild } from '#domain';
import { readTelephone } from '#platform';
import { FindByTelephone, SearchReferrals, submittedName, type FoundReferral, type SearchCriteria } from '#referrals';
import type { Typed } from '#work';

/** A referral that may be about the child of the call. */
export interface CallMatch extends FoundReferral {
  /** What of the call it has, such as `name and date of birth`. */
  readonly matchedBy: readonly string[];
  /** Set where one of its children may be the one of the call. */
  readonly sameChild?: Pick<Candidate, 'band' | 'reasons'>;
}

export interface CallMatches {
  /** Those that may be of the same child first, then those that are open. */
  readonly matches: readonly CallMatch[];
  /** Null when too little is typed to look for a child. */
  readonly now: Temporal.Instant | null;
}

interface Look {
  readonly by: string;
  readonly criteria: Partial<SearchCriteria>;
  /** It is looked for when nothing has all of the criteria. */
  readonly else?: Look;
}

const ANYONE: SearchCriteria = {
  name: '', dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '',
}; // prettier-ignore
/** A person who listens to a caller reads no more. */
const SHOWN = 8;
const [FEWEST_LETTERS, MOST_CHILDREN] = [3, 4];

/** Looks for the children of a call among all referrals while the call lasts. Each look is on the record as a search. */
@Injectable()
export class FindCallMatches {
  constructor(
    private readonly search: SearchReferrals,
    private readonly byTelephone: FindByTelephone,
    private readonly children: LookForChildren,
  ) {}

  /** @param typed the form of the call as it stands */
  async execute(typed: Typed, by: StaffActor): Promise<CallMatches> {
    const found = new Map<string, CallMatch>();
    let now: Temporal.Instant | null = null;
    const add = (what: string, lines: readonly FoundReferral[]) => {
      for (const line of lines.slice(0, SHOWN)) {
        const known = found.get(line.reference);
        const matchedBy = [...new Set([...(known?.matchedBy ?? []), what])];
        found.set(line.reference, { ...(known ?? line), matchedBy });
      }
    };
    const children = typedChildren(typed);
    for (const first of looksOf(children)) {
      for (let look: Look | undefined = first; look !== undefined; look = look.else) {
        const result = await this.search.execute({ ...ANYONE, ...look.criteria }, by);
        ({ now } = result);
        add(look.by, result.found);
        if (result.found.length > 0) break;
      }
    }
    const telephone = readTelephone(typed['/referrer/phone'] ?? '');
    if (telephone !== null) {
      const result = await this.byTelephone.execute(telephone, by);
      ({ now } = result);
      add('telephone number', result.found);
    }
    const sought = weighable(children);
    if (sought.length > 0) {
      const result = await this.children.execute(sought, by);
      ({ now } = result);
      for (const one of result.candidates) found.set(one.reference, asMatch(one, found.get(one.reference)));
    }
    return { matches: [...found.values()].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, SHOWN), now };
  }
}

/** The child who may be the same first; then those that are open. */
function placeOf({ sameChild, status }: CallMatch): number {
  return (sameChild === undefined ? 2 : sameChild.band === 'probable' ? 0 : 1) * 2 + Number(status === 'decided');
}

function asMatch(one: Candidate, known: CallMatch | undefined): CallMatch {
  const { reference, status, rating, isRatingConfirmed, agency, receivedAt, submitted, band, reasons } = one;
  return {
    ...{ reference, status, rating, isRatingConfirmed, agency, receivedAt, kind: 'child' },
    person: submittedName(submitted),
    dateOfBirth: submitted.dateOfBirth ?? null,
    matchedBy: known?.matchedBy ?? [],
    sameChild: { band, reasons },
  };
}

/** A child of the call as far as it is typed, as it would be stored. */
interface TypedChild {
  readonly firstName: string;
  readonly lastName: string;
  readonly sex: string;
  readonly dateOfBirth: string | null;
  readonly nhsNumber: string | null;
  readonly upn: string | null;
  readonly postcode: string | null;
}

function typedChildren(typed: Typed): readonly TypedChild[] {
  return Array.from({ length: MOST_CHILDREN }, (_, index) => {
    const said = (name: string) => (typed[`/children/${index}/${name}`] ?? '').trim();
    return {
      ...{ firstName: said('firstName'), lastName: said('lastName'), sex: said('sex') },
      dateOfBirth: dateIn(said('dateOfBirth#year'), said('dateOfBirth#month'), said('dateOfBirth#day')),
      ...{ nhsNumber: normaliseNhsNumber(said('nhsNumber')), upn: normaliseUpn(said('upn')) },
      postcode: normalisePostcode(said('address/postcode')),
    };
  });
}

/** The children who can be weighed: those with a name and one fact more. */
function weighable(children: readonly TypedChild[]): readonly SubmittedChild[] {
  return children.flatMap(({ firstName, lastName, sex, dateOfBirth, nhsNumber, upn, postcode }) => {
    if (firstName + lastName === '' || (dateOfBirth ?? nhsNumber ?? upn ?? postcode) === null) return [];
    return {
      ...{ firstName, lastName, sex },
      ...(dateOfBirth === null ? {} : { dateOfBirth }),
      ...(nhsNumber === null ? {} : { nhsNumber }),
      ...(upn === null ? {} : { upn }),
      ...(postcode === null ? {} : { address: { postcode } }),
    };
  });
}

/** What is known of each child, the surest first. */
function looksOf(children: readonly TypedChild[]): readonly Look[] {
  return children.flatMap(({ firstName, lastName, dateOfBirth, nhsNumber, upn, postcode }) => {
    const name = `${firstName} ${lastName}`.trim();
    const byName: Look = { by: 'name', criteria: { name } };
    const byBoth = dateOfBirth && { by: 'name and date of birth', criteria: { name, dateOfBirth }, else: byName };
    const isName = (name.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS || /\P{ASCII}/u.test(name);
    return [
      ...(nhsNumber === null ? [] : [{ by: 'NHS number', criteria: { nhsNumber } }]),
      ...(upn === null ? [] : [{ by: 'Unique Pupil Number', criteria: { upn } }]),
      ...(isName ? [byBoth || byName] : []),
      ...(postcode === null ? [] : [{ by: 'postcode', criteria: { postcode } }]),
    ];
  });
}

/** @returns a whole date, `YYYY-MM-DD`; null for any other answer, which the sent form would have named as wrong */
function dateIn(year: string, month: string, day: string): string | null {
  if (!/^[1-9]\d{3}$/.test(year)) return null;
  try {
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
