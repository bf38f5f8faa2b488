import type { Request } from 'express';

/** Begins a session of a new id, so that one fixed before sign-in is worth nothing. */
export async function newSession(request: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error: Error | null) => (error ? reject(error) : resolve())),
  );
}
