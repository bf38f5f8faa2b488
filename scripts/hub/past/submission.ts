import { localDate, type SubmittedReferral, type WorkingCalendar } from '#domain';
import type { Concern } from './concerns.ts';
import { asSubmitted, type Family } from './families.ts';
import type { Seeded } from './seeded.ts';
import { CHILDS_VOICE } from './words.ts';
import type { PastAgency } from './world.ts';

/** Who writes for each kind of agency. */
const ROLES: Readonly<Record<string, string>> = {
  school: 'Designated safeguarding lead', police: 'Constable', hospital: 'Safeguarding nurse', gp: 'General practitioner',
  health_visitor: 'Health visitor', midwifery: 'Midwife', housing: 'Housing officer', probation: 'Probation officer',
  adult_social_care: 'Social worker', voluntary: 'Project worker', other_authority: 'Social worker',
  education_service: 'Education welfare officer', public: 'Neighbour',
}; // prettier-ignore
const WRITERS = [
  'A. Fenwick',
  'B. Halloran',
  'C. Ormerod',
  'D. Pickavance',
  'E. Quarmby',
  'F. Rudd',
  'G. Sutcliffe',
  'H. Tyldesley',
];
/** Kinds that give NHS numbers, and kinds that give UPNs. */
const KNOWS_NHS = ['hospital', 'gp', 'health_visitor', 'midwifery'];
const KNOWS_UPN = ['school', 'education_service'];
const AGREEMENT = [
  ['given', 60],
  ['not_sought', 22],
  ['not_required', 10],
  ['refused', 8],
] as const;

/** What an agency, or a person on the telephone, says of a family. */
export function submission(
  random: Seeded,
  calendar: WorkingCalendar,
  at: Temporal.Instant,
  { agency, concern, family }: { readonly agency: PastAgency; readonly concern: Concern; readonly family: Family },
): SubmittedReferral {
  const isPublic = agency.kind === 'public';
  const numbers = { nhs: KNOWS_NHS.includes(agency.kind), upn: KNOWS_UPN.includes(agency.kind) };
  const children = asSubmitted(random, family, localDate(calendar, at), isPublic ? 0.55 : 0.93, numbers);
  const status = concern.level === 4 ? 'not_required' : random.weighted(AGREEMENT, ([, weight]) => weight)[0];
  const called = children[0]!.expectedDateOfBirth === undefined ? family.children[0]!.firstName : 'the unborn child';
  // Of the numbers that Ofcom keeps for drama.
  const phone = `+441614960${random.whole(100, 999)}`;
  return {
    ...(isPublic ? {} : { senderReference: `REF-${random.whole(10_000, 99_999)}` }),
    reportedAt: at
      .subtract({ minutes: random.whole(4, 90) })
      .round('second')
      .toString(),
    referrer: {
      name: random.pick(WRITERS),
      role: ROLES[agency.kind] ?? 'Officer',
      phone,
      ...(isPublic
        ? {}
        : {
            email: `safeguarding@${agency.name
              .toLowerCase()
              .replaceAll(/[^a-z]+/g, '-')
              .slice(0, 30)}.example.org`,
          }),
    },
    immediateDanger: concern.isDangerNow ?? false,
    concern: {
      types: concern.types,
      ...(concern.indicators === undefined ? {} : { indicators: concern.indicators }),
      summary: concern.summary.replaceAll('{child}', called),
      source: isPublic
        ? 'third_party'
        : (concern.indicators?.includes('disclosure_by_child') ?? false)
          ? 'disclosed_by_child'
          : 'first_hand',
    },
    children,
    adults: family.adults.map((adult) => ({ ...adult })),
    parentsInformed:
      concern.level === 4
        ? { informed: 'no', notInformedReason: 'increased_risk_to_child' }
        : { informed: isPublic ? 'unknown' : 'yes' },
    agreement: { status, ...(status === 'given' ? { givenBy: family.adults[0]!.name!, evidence: 'verbal' } : {}) },
    ...(random.happens(0.6) ? { childsVoice: { sought: 'yes', words: random.pick(CHILDS_VOICE) } } : {}),
    signsOfSafety: { worries: concern.worries },
    ...(isPublic ? {} : { thresholdLevel: levelOf(random, concern) }),
  };
}

/** Senders think otherwise of the level now and then. */
function levelOf(random: Seeded, { level }: Concern): number {
  return random.happens(0.82) ? level : Math.min(4, Math.max(1, level + (random.happens(0.6) ? 1 : -1)));
}
