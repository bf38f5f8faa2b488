/** Whether a text is a UUID of any version, in the lower case in which PostgreSQL and Node write it. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
