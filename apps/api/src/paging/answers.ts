import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AFTER } from './query.ts';

/** Where a list goes on. */
@ApiSchema({ name: 'Page', description: 'Where the list goes on.' })
export class PageAnswer {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 400,
    description: 'Send it as after. Absent where nothing follows.',
    example: AFTER.example,
  })
  next?: string;
  @ApiProperty({ type: 'boolean', description: 'Whether more items are there now.', example: true })
  hasMore!: boolean;
}
