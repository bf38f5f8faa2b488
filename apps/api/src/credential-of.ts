import type { Request } from 'express';

/** What a request sends as its bearer credential, good or not; undefined when it sends none. */
export function credentialOf(request: Request): string | undefined {
  return /^Bearer +(.+)$/i.exec(request.get('Authorization') ?? '')?.[1];
}
