import { Identify, type Staff, type StaffActor } from '#access';
import type { Request } from 'express';
import { LONGEST_SESSION_MS } from './session.ts';

/** Nobody is signed in: the person is sent to sign in, and comes back to the page they asked for. */
export class NotSignedIn extends Error {}

/** Knows a person by their session, and looks up at each request that they still work here and as what. */
export class IdentifyStaff extends Identify {
  constructor(private readonly staff: Staff) {
    super();
  }

  /** @throws NotSignedIn */
  async identify(request: Request): Promise<StaffActor> {
    const { staffId, signedInAt = 0 } = request.session ?? {};
    if (staffId === undefined || Date.now() - signedInAt > LONGEST_SESSION_MS) throw new NotSignedIn();
    const person = await this.staff.byId(staffId);
    if (person === null) throw new NotSignedIn();
    return person;
  }
}
