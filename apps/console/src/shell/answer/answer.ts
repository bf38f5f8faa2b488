import { CsvFile, type CsvRows } from './csv-file.ts';
import { InertFile } from './inert-file.ts';
import { ZipFile } from './zip-file.ts';

/** Said once, on the page that the person sees next. Never anything about a child. */
export interface Said {
  /** What was done. */
  readonly notice?: string;
  /** What was not done, and why. */
  readonly warning?: string;
  /** By what the person takes back the assignment that the notice tells of. */
  readonly takeBack?: AssignmentToTakeBack;
}

export interface AssignmentToTakeBack {
  /** The form by which the referrals were assigned, a UUID. */
  readonly assignment: string;
  /** The page to which the person goes on. */
  readonly here: string;
}

/** A page: the console fills in the template. */
export class View {
  constructor(
    readonly template: string,
    readonly locals: object,
    readonly status: number,
  ) {}
}

/** Sends the browser to another page of the console, or to the sign-in service, with 303. */
export class Redirect {
  constructor(
    readonly to: string,
    readonly said: Said,
  ) {}
}

/** What a controller returns. */
export type Answer = View | Redirect | CsvFile | ZipFile | InertFile;

/** @param template its path from apps/console/src, such as `pages/queue/queue.njk` */
export function view(template: string, locals: object = {}, status = 200): View {
  return new View(template, locals, status);
}

export function redirect(to: string, said: Said = {}): Redirect {
  return new Redirect(to, said);
}

/**
 * A file of comma-separated values that the browser saves. Rows are read as they are sent.
 *
 * @param name of the file, without its ending
 * @param columns the head of each column
 */
export function csvFile(name: string, columns: readonly string[], rows: CsvRows): CsvFile {
  return new CsvFile(name, columns, rows, 'person');
}

/** The same for a dashboard or another program. @see csvFile */
export function dataFile(name: string, columns: readonly string[], rows: CsvRows): CsvFile {
  return new CsvFile(name, columns, rows, 'program');
}

/**
 * An archive of files that the browser saves.
 *
 * @param name of the archive, without its ending
 * @param at of when its files are
 */
export function zipFile(name: string, files: readonly CsvFile[], at: Temporal.Instant): ZipFile {
  return new ZipFile(name, files, at);
}
