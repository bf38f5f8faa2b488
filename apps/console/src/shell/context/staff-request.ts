import type { StaffActor } from '#access';
import type { StaffPreferences } from '#work';
import type { Request } from 'express';

/** A request that the guard has let through: we know who asks, and how they like to work. */
export type StaffRequest = Request & { readonly actor: StaffActor; preferences?: StaffPreferences };
