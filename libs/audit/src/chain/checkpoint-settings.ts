import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Where checkpoints are kept, and the key that signs them. */
export interface CheckpointSettings {
  /** The path of a folder outside of the database. */
  readonly folder: string;
  /** A private key of Ed25519. */
  readonly key: KeyObject;
}

/** Nest's token of the {@link CheckpointSettings} of an app; null where they are not set up. */
export const CHECKPOINT_SETTINGS = Symbol('where checkpoints are kept');

/** The settings of checkpoints; null unless both are given: then none are made. */
export function checkpointSettings(given: {
  readonly RECORD_CHECKPOINT_DIR?: string;
  readonly RECORD_SIGNING_KEY?: string;
}): CheckpointSettings | null {
  const { RECORD_CHECKPOINT_DIR: folder, RECORD_SIGNING_KEY: pem } = given;
  return folder === undefined || pem === undefined ? null : { folder, key: createPrivateKey(pem) };
}

/** The key with which what this key signs is verified. */
export function publicKeyOf({ key }: CheckpointSettings): KeyObject {
  return createPublicKey(key);
}
