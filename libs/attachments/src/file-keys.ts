import { Inject, Injectable } from '@nestjs/common';
import { KeyRing, LOG, newKey, openBytes, Refused, sealBytes, Settings, type Logger } from '#platform';

/** The key of a file, encrypted, and the name of the key of the settings that it is encrypted with. */
export interface KeptKey {
  readonly dataKey: Buffer;
  readonly keyName: string;
}

const placeOfKey = (fileId: string) => `attachment ${fileId}`;
const placeOfPart = (fileId: string, number: number) => `attachment_part ${fileId} ${number}`;

/**
 * The keys of files. Each file has one of its own, which is kept encrypted with a key of the settings: that one can be
 * changed without a file being encrypted anew.
 */
@Injectable()
export class FileKeys {
  private readonly ring: KeyRing | null;

  constructor({ ATTACHMENT_KEYS: setting }: Settings, @Inject(LOG) log: Logger) {
    this.ring = setting === undefined ? null : new KeyRing(setting);
    if (this.ring === null)
      log.warn('ATTACHMENT_KEYS is not set: the hub takes no files from agencies, and shows none');
  }

  /** The names of the keys of the settings, the one in use first. */
  get names(): readonly string[] {
    return this.ring?.names ?? [];
  }

  /** Those that were in use before. */
  get namesBefore(): readonly string[] {
    return this.names.slice(1);
  }

  /** @throws Refused `attachments-not-taken` */
  mustBeSet(): KeyRing {
    if (this.ring === null) throw new Refused('attachments-not-taken');
    return this.ring;
  }

  /** A key for a new file. @throws Refused `attachments-not-taken` */
  make(fileId: string): KeptKey {
    const ring = this.mustBeSet();
    return { dataKey: ring.seal(newKey(), placeOfKey(fileId)), keyName: ring.names[0]! };
  }

  canOpen({ keyName }: KeptKey): boolean {
    return this.names.includes(keyName);
  }

  /** The same key, encrypted with the key of the settings that is in use. @throws Error as `ofFile` */
  renew(fileId: string, kept: KeptKey): KeptKey {
    const ring = this.mustBeSet();
    const key = ring.open(kept.keyName, kept.dataKey, placeOfKey(fileId));
    return { dataKey: ring.seal(key, placeOfKey(fileId)), keyName: ring.names[0]! };
  }

  /** Encrypts and decrypts the parts of one file. @throws Error when the settings do not have its key */
  ofFile(fileId: string, { dataKey, keyName }: KeptKey): FileCipher {
    return new FileCipher(fileId, this.mustBeSet().open(keyName, dataKey, placeOfKey(fileId)));
  }
}

/** Encrypts and decrypts the parts of one file: a part opens as part of this file and with its number, and not otherwise. */
export class FileCipher {
  constructor(
    private readonly fileId: string,
    private readonly key: Buffer,
  ) {}

  seal(number: number, bytes: Buffer): Buffer {
    return sealBytes(this.key, bytes, placeOfPart(this.fileId, number));
  }

  /** @throws Error when the part was changed, or is of another file or number */
  open(number: number, sealed: Buffer): Buffer {
    return openBytes(this.key, sealed, placeOfPart(this.fileId, number));
  }
}
