import type { StaffActor } from '#access';
import type { Request } from 'express';

/** A request that the guard has let through: we know who asks. */
export type StaffRequest = Request & { readonly actor: StaffActor };
