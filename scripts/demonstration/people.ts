import type { NewAgency, NewStaffMember } from '#access';

/** The fictional staff of the demonstration hub. */
export const DEMONSTRATION_STAFF: readonly NewStaffMember[] = [
  person('sam.okafor', 'Sam Okafor', 'screener', ['duty_team']),
  person('priya.nair', 'Priya Nair', 'screener', ['duty_team']),
  person('jo.marsh', 'Jo Marsh', 'social_worker', ['duty_team']),
  person('tomasz.lis', 'Tomasz Lis', 'social_worker', []),
  person('helen.brough', 'Helen Brough', 'manager', ['practice_manager']),
  person('david.achebe', 'David Achebe', 'manager', ['service_manager']),
  person('ruth.calder', 'Ruth Calder', 'manager', ['head_of_service', 'last_resort']),
  person('nadia.iqbal', 'Nadia Iqbal', 'social_worker', ['emergency_duty_team']),
  person('owen.price', 'Owen Price', 'manager', ['on_call_manager']),
];

function person(
  subject: string,
  name: string,
  role: NewStaffMember['role'],
  alertGroups: NewStaffMember['alertGroups'],
): NewStaffMember {
  return { subject, name, email: `${subject}@hub.example.org`, role, alertGroups };
}

/** One agency for each that the scenarios name, once. */
export function agenciesOf(scenarios: readonly { readonly agency: NewAgency }[]): readonly NewAgency[] {
  return [...new Map(scenarios.map(({ agency }) => [agency.name, agency])).values()];
}
