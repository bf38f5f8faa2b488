import type { RecordedConsultation } from '#referrals';
import type { Typed } from '#work';

/** The form of a referral by telephone as it begins with advice that was given: nothing in it is an answer yet but what was noted. */
export function referralFrom(advice: RecordedConsultation): Typed {
  const children = advice.children.flatMap(({ firstName, lastName, dateOfBirth }, at) => {
    const [year = '', month = '', day = ''] = dateOfBirth?.split('-').map((part) => String(Number(part))) ?? [];
    const child = `/children/${at}`;
    return [
      [`${child}/firstName`, firstName],
      [`${child}/lastName`, lastName],
      ...(dateOfBirth === null
        ? []
        : [
            [`${child}/dateOfBirth#day`, day],
            [`${child}/dateOfBirth#month`, month],
            [`${child}/dateOfBirth#year`, year],
          ]),
    ] as const;
  });
  return {
    consultation: advice.id,
    agency: advice.agencyId,
    '/referrer/name': advice.caller,
    '/referrer/role': advice.role,
    '/concern/summary': advice.question,
    'count:/children': String(Math.max(advice.children.length, 1)),
    ...(Object.fromEntries(children) as Typed),
  };
}
