/** A word that is in no name and in no other text of the project. */
export const CANARY = 'Canaryella';

const TOLD = [
  'firstName',
  'lastName',
  'name',
  'summary',
  'words',
  'views',
  'worries',
  'currentLocation',
  'senderReference',
  'location',
  'line1',
  'role',
  'notSoughtReason',
];

/** A body with the canary in every text that says something about a person; codes, dates and addresses stay. */
export function canary<T>(value: T, name = ''): T {
  if (Array.isArray(value)) return value.map((item: unknown) => canary(item, name)) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canary(item as unknown, key)])) as T;
  }
  return (typeof value === 'string' && TOLD.includes(name) ? `${CANARY} ${value}`.slice(0, 60) : value) as T;
}
