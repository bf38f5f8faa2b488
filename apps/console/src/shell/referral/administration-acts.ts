import { roleInWords, type StaffRole } from '#access';
import { codeInWords } from '#domain';
import { text, type Details } from './act-details.ts';

type Words = readonly [act: string, detail?: (details: Details) => string];

const HOW_SIGNED_OUT: Readonly<Record<string, string>> = {
  idle: 'by itself, after half an hour',
  provider: 'since the identity provider does not vouch for them any more',
};

const agencySaid = (details: Details, which: '' | 'Before') =>
  `${text(details, `name${which}`)} (${codeInWords(text(details, `kind${which}`))})`;

/** The acts about people, agencies and their programs, in words. */
export const ACTS_OF_ADMINISTRATION = {
  'staff.signed-in': ['Signed in'],
  'staff.signed-out': ['Signed out', ({ how }) => (typeof how === 'string' ? (HOW_SIGNED_OUT[how] ?? '') : '')],
  'staff.hours-changed': [
    'Changed how much a person may be given',
    (details) =>
      text(details, 'staffName') === ''
        ? ''
        : `${text(details, 'staffName')}, ${Number(details['hoursPercent'] ?? 0)} %`,
  ],
  'staff.added': [
    'Added a person',
    (details) => `${text(details, 'staffName')}, ${roleInWords(text(details, 'role') as StaffRole) ?? ''}`,
  ],
  'staff.left': ['Recorded that a person has left', (details) => text(details, 'staffName')],
  'staff.contact-forgotten': [
    'The e-mail address and telephone number of a person who left were removed',
    (details) => text(details, 'staffName'),
  ],
  'staff.name-forgotten': ['The name of a person who left was replaced by their role'],
  'staff.role-changed': [
    'Changed what a person may do',
    (details) => `${text(details, 'staffName')}, ${roleInWords(text(details, 'role') as StaffRole) ?? ''}`,
  ],
  'staff.sessions-ended': [
    'Signed a person out everywhere',
    (details) =>
      `${text(details, 'staffName')}${details['isElsewhere'] === true ? ', but where they asked for it' : ''}`,
  ],
  'jobs.tried-again': ['Had background work tried again at once', (details) => text(details, 'job')],
  'role.mapped': [
    'Said what a role of the identity provider is at the hub',
    (details) => roleInWords(text(details, 'role') as StaffRole) ?? '',
  ],
  'role.moved': ['Changed the order of the roles of the identity provider'],
  'role.unmapped': ['Removed a role of the identity provider'],
  'council.changed': ['Changed what the council is called and how the hub is reached'],
  'staff.contact-changed': ['Changed how a person is reached', (details) => text(details, 'staffName')],
  'staff.listed': ['Looked at the list of people'],
  'agency.added': ['Added an agency'],
  'agency.corrected': [
    'Corrected the name of an agency, or what it is',
    (details) => `${agencySaid(details, '')}, before ${agencySaid(details, 'Before')}`,
  ],
  'agency.feedback-set': ['Said how the referrers of an agency are told of decisions'],
  'agency.suspended': ['Suspended an agency', (details) => text(details, 'agencyName')],
  'agency.resumed': ['Let an agency in again', (details) => text(details, 'agencyName')],
  'client.added': ['Added a program of an agency'],
  'client.invited': ['Invited the developers of an agency'],
  'client.invitation-used': ['Developers of an agency registered a program by an invitation'],
  'client.invitation-withdrawn': ['Withdrew an invitation of developers'],
  'sandbox.invited': ['Made a link to a sandbox for the developers of an agency'],
  'client.suspended': ['Suspended a program of an agency'],
  'client.resumed': ['Let a program of an agency in again'],
  'client.key-added': ['Added a key of a program'],
  'client.key-removed': ['Removed a key of a program'],
  'client.key-address-set': ['Said where a program shows its keys'],
  'client.key-address-removed': ['Removed the address at which a program shows its keys'],
  'client.keys-changed': ['Fetched other keys from the address of a program'],
  'token.issued': ['A program identified itself'],
} as const satisfies Readonly<Record<string, Words>>;
