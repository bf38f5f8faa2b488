import { Injectable } from '@nestjs/common';
import { Identify, Staff, type StaffActor } from '#access';
import { Preferences } from '#work';
import type { StaffRequest } from '../context/staff-request.ts';
import { IDLE_MS } from './session-store.ts';
import { LONGEST_SESSION_MS } from './sessions.ts';
import { StillVouched } from './still-vouched.ts';

/** No person is signed in: the person is sent to sign in, and comes back to the page they asked for. */
export class NotSignedIn extends Error {}

const NOTED_EVERY_MS = 60_000;

/** Knows a person by their session, and looks up at each request that they still work here and as what. */
@Injectable()
export class IdentifyStaff extends Identify {
  constructor(
    private readonly staff: Staff,
    private readonly preferences: Preferences,
    private readonly stillVouched: StillVouched,
  ) {
    super();
  }

  /** @throws NotSignedIn */
  async identify(request: StaffRequest): Promise<StaffActor> {
    const { staffId, signedInAt = 0, activeAt = signedInAt } = request.session ?? {};
    if (staffId === undefined || Date.now() - signedInAt > LONGEST_SESSION_MS) throw new NotSignedIn();
    if (Date.now() - activeAt > IDLE_MS + NOTED_EVERY_MS) throw new NotSignedIn();
    if (!(await this.stillVouched.holds(request, staffId))) throw new NotSignedIn();
    const person = await this.staff.byId(staffId);
    if (person === null) throw new NotSignedIn();
    // What an open page asks by itself is no sign that any person is there.
    const isAct = !request.path.startsWith('/live');
    // Once a minute: a session written at each request loses what another request wrote to it meanwhile.
    if (isAct && Date.now() - activeAt > NOTED_EVERY_MS) request.session.activeAt = Date.now();
    if (request.accepts('html')) request.preferences = await this.preferences.of(person);
    return person;
  }
}
