/** One or more settings are missing or wrong. The message names the settings and never their values. */
export class BadSettings extends Error {}
