import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { normaliseNhsNumber, normalisePostcode, normaliseUpn } from '#domain';
import { readTelephone } from '#platform';
import { FindByTelephone, SearchReferrals, type FoundReferral, type SearchCriteria } from '#referrals';
import type { Typed } from '#work';

/** A referral that may be about the child of the call. */
export interface CallMatch extends FoundReferral {
  /** What of the call it has, such as `name and date of birth`. */
  readonly matchedBy: readonly string[];
}

export interface CallMatches {
  /** Those that are open first. */
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
    for (const first of looksOf(typed)) {
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
    const isDecided = ({ status }: CallMatch) => Number(status === 'decided');
    return { matches: [...found.values()].sort((a, b) => isDecided(a) - isDecided(b)).slice(0, SHOWN), now };
  }
}

/** What is known of each child, the surest first. */
function looksOf(typed: Typed): readonly Look[] {
  return Array.from({ length: MOST_CHILDREN }, (_, index) => `/children/${index}`).flatMap((child) => {
    const said = (name: string) => (typed[`${child}/${name}`] ?? '').trim();
    const [nhsNumber, upn] = [normaliseNhsNumber(said('nhsNumber')), normaliseUpn(said('upn'))];
    const postcode = normalisePostcode(said('address/postcode'));
    const name = `${said('firstName')} ${said('lastName')}`.trim();
    const dateOfBirth = dateIn(said('dateOfBirth#year'), said('dateOfBirth#month'), said('dateOfBirth#day'));
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
  if (!/^\d{4}$/.test(year)) return null;
  try {
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
