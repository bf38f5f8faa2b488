import { NotFoundException, ParseUUIDPipe } from '@nestjs/common';

/** A part of an address that is an id of ours. Anything else is a page that is not there. */
export const A_UUID = new ParseUUIDPipe({ exceptionFactory: () => new NotFoundException() });
