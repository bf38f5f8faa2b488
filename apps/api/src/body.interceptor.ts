import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { hasBody, readBody } from '#platform';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { isUtf8Json } from './referrals/media-type.ts';

/** The largest body that we read, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** Reads a body once the guards have let its request through. One of another kind than ours is left unread. */
@Injectable()
export class BodyInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (hasBody(request) && isUtf8Json(request) && !isCompressed(request)) {
      request.body = await readBody(request, response, BODY_LIMIT);
    }
    return next.handle();
  }
}

function isCompressed(request: Request): boolean {
  return (request.get('Content-Encoding') ?? 'identity').toLowerCase() !== 'identity';
}
