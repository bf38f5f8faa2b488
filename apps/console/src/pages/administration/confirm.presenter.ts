import type { AgencyInFull } from '#access';
import type { PersonLine } from '#work';

/** A page that says what an act ends, and asks once. */
interface Confirmation {
  readonly heading: string;
  /** Whom or what it is about, and the page that leads here. */
  readonly name: string;
  readonly at: string;
  readonly follows: readonly string[];
  /** Whether, and how, it can be taken back. */
  readonly undo: string;
  readonly action: string;
  readonly act?: string;
  readonly button: string;
}

export function confirmLeft({ id, name, agency }: PersonLine): Confirmation {
  const at = `/administration/people/${id}`;
  const ofTheHub = [
    'no alert goes to them, and those that only they have go to others',
    'the referrals that are with them go back on the queue',
    'their turns on the rota end, and its managers see the gaps',
  ];
  return {
    ...{ heading: 'Confirm that they have left', name, at, action: `${at}/left`, button: 'They have left' },
    follows: ['they are signed out at once, and cannot sign in', ...(agency === null ? ofTheHub : [])],
    undo:
      'Their name stays on the record. If they come back you add them again. ' +
      (agency === null ? 'What was with them does not come back by itself.' : ''),
  };
}

export function confirmSuspended({ id, name }: AgencyInFull): Confirmation {
  const at = `/administration/agencies/${id}`;
  return {
    ...{ heading: 'Confirm that the agency is suspended', name, at, action: `${at}/suspend-agency`, act: 'suspend' },
    button: 'Suspend the agency',
    follows: [
      'its people are signed out at once, and cannot sign in',
      'its programs get no answer, and no referral that they send is taken',
      'its people must refer children to the hub by telephone',
    ],
    undo: 'What it sent stays, and the hub works on it. You can let the agency in again on its page.',
  };
}
