import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Matches, Max, Min, IsUrl, MinLength } from 'class-validator';

export const asNumber = Transform(({ value }) => (value === undefined ? undefined : Number(value)));

const PORT = { message: 'must be a port number' };
export const Port = applyDecorators(asNumber, IsInt(PORT), Min(0, PORT), Max(65_535, PORT));

const RATE = { message: 'must be a whole number from 10 to 100000' };
/** Requests a minute. */
export const Rate = applyDecorators(asNumber, IsInt(RATE), Min(10, RATE), Max(100_000, RATE));

/** An address of the web. */
export const WebUrl = applyDecorators(
  IsUrl(
    { protocols: ['http', 'https'], require_tld: false, require_protocol: true },
    { message: 'must be an http:// or https:// address' },
  ),
);

/** To which a path is added. */
export const NoSlashAtItsEnd = applyDecorators(Matches(/[^/]$/, { message: 'must end without a slash' }));

/** A secret that a program made. */
export const LongSecret = applyDecorators(MinLength(32, { message: 'must be at least 32 characters' }));
