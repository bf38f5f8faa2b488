import { ValidateBy } from 'class-validator';
import { createPrivateKey } from 'node:crypto';

/** A setting that holds a private key of Ed25519 in PEM. */
export const Ed25519Key = () =>
  ValidateBy(
    { name: 'isEd25519Key', validator: { validate: isEd25519Key } },
    { message: 'must be an Ed25519 private key in PEM' },
  );

function isEd25519Key(pem: unknown): boolean {
  try {
    return createPrivateKey(String(pem)).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
