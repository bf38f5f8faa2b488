import { Injectable, NotFoundException, ParseUUIDPipe } from '@nestjs/common';

/** Reads the part of an address that is an id of ours. An address with anything else there is a page that does not exist. */
@Injectable()
export class UuidPipe extends ParseUUIDPipe {
  constructor() {
    super({ exceptionFactory: () => new NotFoundException() });
  }
}
