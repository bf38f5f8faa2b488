import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { headersOf } from './headers.ts';

interface Answer {
  readonly status: number;
  readonly description: string;
  /** The body; none for an answer without one. */
  readonly type?: new () => object;
  /** Beside those of every answer. */
  readonly headers: readonly string[];
}

/** Declares an answer of success. Those that say why there is none come from the table of problems. */
export function Answers({ status, description, type, headers }: Answer) {
  const content = type && { 'application/json': { schema: { $ref: getSchemaPath(type) } } };
  return applyDecorators(
    ApiResponse({ status, description, headers: headersOf(headers), ...(content && { content }) }),
    ...(type === undefined ? [] : [ApiExtraModels(type)]),
  );
}
