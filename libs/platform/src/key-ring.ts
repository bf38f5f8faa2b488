import { randomBytes } from 'node:crypto';
import { ValidateBy } from 'class-validator';
import { openBytes, sealBytes } from './sealed-bytes.ts';

const KEY_BYTES = 32;
const ENTRY = /^([a-z0-9-]{1,40}):([A-Za-z0-9+/]{43}=)$/;

/** A setting that holds keys with names, the one in use first. */
export const NamedKeys = () =>
  ValidateBy(
    { name: 'isNamedKeys', validator: { validate: (value) => readKeys(String(value)) !== null } },
    {
      message: 'must be name:key, or several with a comma between: a name of a-z, 0-9 and -, and 32 bytes in base64',
    },
  );

function readKeys(text: string): ReadonlyMap<string, Buffer> | null {
  const entries = text.split(',').map((entry) => ENTRY.exec(entry.trim()));
  if (entries.some((entry) => entry === null)) return null;
  const keys = new Map(entries.map((entry) => [entry![1]!, Buffer.from(entry![2]!, 'base64')]));
  return keys.size === entries.length ? keys : null;
}

/**
 * The keys of a setting. The first one encrypts; all of them decrypt, so that a key is changed by putting another before
 * it.
 */
export class KeyRing {
  private readonly keys: ReadonlyMap<string, Buffer>;

  /** @param setting as {@link NamedKeys} lets it through */
  constructor(setting: string) {
    this.keys = readKeys(setting)!;
  }

  /** The names of the keys, the one that encrypts first. */
  get names(): readonly string[] {
    return [...this.keys.keys()];
  }

  /** Encrypts with the key in use. @param place where it is kept: it does not open in another place */
  seal(plain: Buffer, place: string): Buffer {
    return sealBytes(this.keys.get(this.names[0]!)!, plain, place);
  }

  /**
   * Decrypts what was sealed.
   *
   * @param name of the key that it was sealed with
   * @throws Error when the ring does not have the key, or it is not what was sealed, or not for this place
   */
  open(name: string, sealed: Buffer, place: string): Buffer {
    const key = this.keys.get(name);
    if (key === undefined) throw new Error(`There is no key of the name ${name}`);
    return openBytes(key, sealed, place);
  }
}

/** A new key for one thing, to be kept sealed. */
export const newKey = (): Buffer => randomBytes(KEY_BYTES);
