import type { ApiSettings } from '#platform';

/**
 * Where an agency reaches a path of this API: behind the path that API_URL has, as it has behind a gateway or in a sandbox.
 *
 * @param path such as `/api/v1/referrals`
 * @returns a path from the top of the host
 */
export function ownAddress({ API_URL }: Pick<ApiSettings, 'API_URL'>, path: string): string {
  return new URL(API_URL).pathname.replace(/\/$/, '') + path;
}
