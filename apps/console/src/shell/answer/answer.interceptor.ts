import { LOG, type Logger } from '#platform';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { mergeMap, type Observable } from 'rxjs';
import { saveSession } from '../session/save-session.ts';
import { Redirect, View } from './answer.ts';
import { CsvFile, writeCsv } from './csv-file.ts';
import { INERT, InertFile } from './inert-file.ts';
import { Renderer } from './renderer.ts';
import { writeZip, ZipFile } from './zip-file.ts';

/** Turns what a controller returns into what the browser is sent, with the session saved before. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(
    private readonly renderer: Renderer,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    return next.handle().pipe(mergeMap((answer: unknown) => this.made(answer, request, response)));
  }

  private async made(answer: unknown, request: Request, response: Response): Promise<unknown> {
    if (answer instanceof View || answer instanceof Redirect) return this.renderer.prepare(answer, request, response);
    await saveSession(request);
    if (answer instanceof ZipFile) {
      response.attachment(`${answer.name}.zip`).type('application/zip');
      return this.streamed(writeZip(answer));
    }
    if (answer instanceof InertFile) {
      response.attachment(answer.name).type(answer.mediaType).set(INERT).set('Content-Length', String(answer.size));
      return this.streamed(Readable.from(answer.bytes));
    }
    return answer instanceof CsvFile ? this.sent(answer, response) : answer;
  }

  /** A file that breaks off is not ended, so that the browser tells the person that it is not whole. */
  private async sent(file: CsvFile, response: Response): Promise<StreamableFile> {
    const bytes = await writeCsv(file);
    response.attachment(`${file.name}.csv`).type('text/csv; charset=utf-8');
    return this.streamed(bytes);
  }

  private streamed(bytes: Readable): StreamableFile {
    return new StreamableFile(bytes).setErrorLogger((error) => this.log.error({ error }, 'a file broke off'));
  }
}
