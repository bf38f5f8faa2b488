import { ApiProperty, ApiSchema } from '@nestjs/swagger';

const NAME = { type: 'string', maxLength: 60, pattern: '^[a-z-]+$', description: 'Names the list.' } as const;
const VERSION = {
  type: 'string',
  maxLength: 12,
  pattern: '^[0-9a-f]{12}$',
  description: 'Another one when a code or its words have changed, and only then.',
  example: '4f1c09ab77e2',
} as const;
const TITLE = { type: 'string', maxLength: 200, description: 'What the codes say.', example: 'Sex' } as const;

export const LIST_NAME = { ...NAME, example: 'sexes' } as const;

@ApiSchema({ name: 'CodeListVersion', description: 'A list of codes, without its codes.' })
class CodeListVersionAnswer {
  @ApiProperty(LIST_NAME) name!: string;
  @ApiProperty(VERSION) version!: string;
  @ApiProperty(TITLE) title!: string;
}

@ApiSchema({ name: 'CodeLists', description: 'The lists of codes of what you send.' })
export class CodeListsAnswer {
  @ApiProperty({ type: [CodeListVersionAnswer], minItems: 1, maxItems: 100, description: 'Every list.' })
  data!: CodeListVersionAnswer[];
}

@ApiSchema({ name: 'Code', description: 'A code with what it is called.' })
class CodeAnswer {
  @ApiProperty({ type: 'string', maxLength: 100, description: 'As you send it.', example: 'F' }) code!: string;
  @ApiProperty({ type: 'string', maxLength: 200, description: 'As people read it.', example: 'Female' }) words!: string;
}

@ApiSchema({ name: 'CodeList', description: 'A list of codes.' })
export class CodeListAnswer {
  @ApiProperty(LIST_NAME) name!: string;
  @ApiProperty(VERSION) version!: string;
  @ApiProperty(TITLE) title!: string;
  @ApiProperty({ type: [CodeAnswer], minItems: 1, maxItems: 500, description: 'Each code, in the order of the list.' })
  codes!: CodeAnswer[];
}
