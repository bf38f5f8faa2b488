import { Injectable, NotFoundException, ParseUUIDPipe, type ArgumentMetadata } from '@nestjs/common';

/** Reads the part of an address that is an id of ours. An address with anything else there is a page that does not exist. */
@Injectable()
export class UuidPipe extends ParseUUIDPipe {
  constructor() {
    super({ exceptionFactory: () => new NotFoundException() });
  }

  /** In small letters, as PostgreSQL has it: an id in two ways of writing is one. */
  override async transform(value: string, metadata: ArgumentMetadata): Promise<string> {
    return String(await super.transform(value, metadata)).toLowerCase();
  }
}
