import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { saveSession } from '../session/save-session.ts';
import { Redirect, View } from './answer.ts';
import { Renderer } from './renderer.ts';

/** Turns what a controller returns into what the browser is sent, with the session saved before. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly renderer: Renderer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    return next.handle().pipe(mergeMap((answer: unknown) => this.made(answer, request, response)));
  }

  private async made(answer: unknown, request: Request, response: Response): Promise<unknown> {
    if (answer instanceof View || answer instanceof Redirect) return this.renderer.prepare(answer, request, response);
    await saveSession(request);
    return answer;
  }
}
