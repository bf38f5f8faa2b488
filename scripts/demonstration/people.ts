import type { NewAgency, NewStaffMember } from '#access';
import { WEEKDAYS, type AlertGroup, type Weekday } from '#domain';

/** The fictional staff of the demonstration hub. */
export const DEMONSTRATION_STAFF: readonly NewStaffMember[] = [
  person('sam.okafor', 'Sam Okafor', 'screener', ['duty_team']),
  person('priya.nair', 'Priya Nair', 'screener', ['duty_team']),
  person('jo.marsh', 'Jo Marsh', 'social_worker', ['duty_team']),
  person('tomasz.lis', 'Tomasz Lis', 'social_worker', []),
  person('helen.brough', 'Helen Brough', 'manager', ['practice_manager']),
  person('david.achebe', 'David Achebe', 'service_manager', ['service_manager']),
  person('ruth.calder', 'Ruth Calder', 'head_of_service', ['head_of_service', 'last_resort']),
  person('nadia.iqbal', 'Nadia Iqbal', 'social_worker', ['emergency_duty_team']),
  person('owen.price', 'Owen Price', 'manager', ['on_call_manager']),
  person('ada.quist', 'Ada Quist', 'auditor', []),
  person('bo.lindqvist', 'Bo Lindqvist', 'administrator', []),
];

/** The fictional people of partner agencies, who answer what the hub asks. */
export const DEMONSTRATION_PARTNERS: readonly (NewStaffMember & { readonly agency: string })[] = [
  partner('ines.fallow', 'Ines Fallow', 'Tame Valley Police'),
  partner('mo.tarrant', 'Mo Tarrant', 'Tameway Community Health - Health Visiting'),
  partner('gwen.hale', 'Gwen Hale', 'Larkspindle Primary School'),
];

/**
 * Whom the council's identity provider knows and the hub does not: an administrator maps the value to a role, and the
 * person signs in.
 */
export const KNOWN_TO_THE_PROVIDER = [
  { subject: 'kit.rowan', name: 'Kit Rowan', email: 'kit.rowan@hub.example.org', providerRoles: ['Hub.Screener'] },
].map((person) => ({ ...person, role: 'not known to the hub, Hub.Screener at the identity provider' }));

/** Who answers for a group by the week: in the demonstration a person always does. */
export const DEMONSTRATION_TURNS = [
  turn('duty_team', 'sam.okafor', ['mon', 'tue', 'wed'], '08:00', '18:00'),
  turn('duty_team', 'priya.nair', ['mon', 'tue'], '08:00', '13:00'),
  turn('duty_team', 'jo.marsh', ['wed', 'thu', 'fri'], '08:00', '18:00'),
  turn('emergency_duty_team', 'nadia.iqbal', WEEKDAYS, '16:00', '16:00'),
  turn('on_call_manager', 'owen.price', WEEKDAYS, '16:00', '16:00'),
];

function turn(group: AlertGroup, subject: string, weekdays: readonly Weekday[], from: string, until: string) {
  return { group, subject, weekdays, from, until };
}

function person(
  subject: string,
  name: string,
  role: NewStaffMember['role'],
  alertGroups: NewStaffMember['alertGroups'],
): NewStaffMember {
  return { subject, name, email: `${subject}@hub.example.org`, phone: fictionalMobile(subject), role, alertGroups };
}

function partner(subject: string, name: string, agency: string) {
  return { ...person(subject, name, 'partner', []), agency };
}

/** Of the numbers that Ofcom keeps for drama: 07700 900000 to 900999. */
function fictionalMobile(subject: string): string {
  const sum = [...subject].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `07700 900${String(sum % 1000).padStart(3, '0')}`;
}

/** People who ring on their own account have no agency: the hub keeps one for them. */
const THE_PUBLIC: NewAgency = { name: 'Members of the public', kind: 'public', sourceCode: '1A' };

/** One agency for each that the scenarios name, once, and one for members of the public. */
export function agenciesOf(scenarios: readonly { readonly agency: NewAgency }[]): readonly NewAgency[] {
  return [
    ...new Map([...scenarios.map(({ agency }) => agency), THE_PUBLIC].map((agency) => [agency.name, agency])).values(),
  ];
}
