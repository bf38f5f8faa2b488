import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

const TAKES_FILE = 'mash:takes-file';

/** The route of a form with a file: only to such a route a form with a file is read (`receive-file-form.ts`). */
export const TakesFile = () => SetMetadata(TAKES_FILE, true);

export function takesFile(handler: object): boolean {
  return Reflect.getMetadata(TAKES_FILE, handler) === true;
}

/** A file that a form brings, while it comes. */
export interface SentFile {
  /** As the browser calls it: words of a stranger. */
  readonly name: string;
  /** What the browser takes it for. */
  readonly mediaType: string;
  /** Its browser says by itself that it is larger than a file may be: none of it need be read. */
  readonly isTooLarge: boolean;
  /**
   * Its bytes, read no faster than they are taken.
   *
   * @throws UnreadBody 400 when the browser breaks off
   */
  readonly bytes: AsyncIterable<Buffer>;
}

/** What is there of a form with a file when its fields have come. */
export interface FileForm {
  /** Null where no file was chosen. */
  readonly file: SentFile | null;
  /**
   * Reads what is left and throws it away: a browser that is still sending does not read the answer. A body that is far too
   * large is not read to its end.
   */
  readonly discard: () => Promise<void>;
}

const forms = new WeakMap<Request, FileForm>();

export function rememberFileForm(request: Request, form: FileForm): void {
  forms.set(request, form);
}

/** Undefined for a request that brings no form with a file. */
export function fileFormOf(request: Request): FileForm | undefined {
  return forms.get(request);
}

/** The parameter of a handler that is the file of the form a person sent; null where they chose none. */
export const ChosenFile = createParamDecorator(
  (_: unknown, context: ExecutionContext) => fileFormOf(context.switchToHttp().getRequest<Request>())?.file ?? null,
);
