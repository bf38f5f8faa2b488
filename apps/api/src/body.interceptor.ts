import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hasBody, readBody } from '#platform';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { problem } from './problems/api-problem.ts';
import { InvalidAs } from './problems/invalid-as.ts';
import { isTooMuch } from './referrals/is-too-much.ts';
import { isUtf8Json } from './referrals/media-type.ts';

/** The largest body that we read, in bytes. */
export const BODY_LIMIT = 256 * 1024;

const TOO_MUCH = {
  too_many: 'Has more values in all than any body that we take',
  too_deep: 'Is nested too deeply',
} as const;

/** Reads a body once the guards have let its request through. One of another kind than ours is left unread. */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (hasBody(request) && isUtf8Json(request) && !isCompressed(request)) {
      const body = await readBody(request, response, BODY_LIMIT);
      const code = isTooMuch(body);
      if (code !== null) {
        const slug = this.reflector.get(InvalidAs, context.getHandler()) ?? 'invalid-referral';
        throw problem(slug, { errors: [{ pointer: '', code, detail: TOO_MUCH[code] }] });
      }
      request.body = body;
    }
    return next.handle();
  }
}

function isCompressed(request: Request): boolean {
  return (request.get('Content-Encoding') ?? 'identity').toLowerCase() !== 'identity';
}
