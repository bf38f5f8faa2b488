import { REFUSALS } from '#platform';

/** Why a person was not let in, or a credential was not taken. */
const WHY: Readonly<Record<string, string>> = {
  'not-begun': 'it was not begun here',
  refused: 'the sign-in service refused it',
  unknown: 'it is not known here',
  'no-role': 'the identity provider gives no role',
  'no-email': 'the identity provider gives no e-mail address',
  'last-resort': 'the group of last resort would be empty',
  missing: 'there was none',
  revoked: 'it was taken away',
  notify: 'it is not that of GOV.UK Notify',
};

/** What was refused, and why, from what the record says of it. */
export function refusedInWords(details: Readonly<Record<string, unknown>>): string {
  const { code, action, why, again, others } = details;
  const parts = [
    ...(others === true ? ['many different acts'] : []),
    ...(typeof why === 'string' ? [WHY[why] ?? why] : []),
    ...(typeof code === 'string' ? [typeof action === 'string' ? mayNot(action) : titleOf(code)] : []),
    ...(typeof again === 'number' ? [`${again} more within ten minutes`] : []),
  ];
  return parts.join('; ');
}

/** An action of the policy, such as `workload:read`: may not read the workload. */
function mayNot(action: string): string {
  const [noun = '', verb = ''] = action.split(':');
  return `may not ${verb.replaceAll('-', ' ')} the ${noun.replaceAll('-', ' ')}`;
}

function titleOf(code: string): string {
  if (code === 'not-found') return 'may not see it';
  const known = Object.entries(REFUSALS).find(([one]) => one === code);
  return known?.[1].title ?? code;
}
