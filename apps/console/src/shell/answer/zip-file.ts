import { PassThrough, type Readable } from 'node:stream';
import yazl from 'yazl';
import { writeCsv, type CsvFile } from './csv-file.ts';

/** Several files of comma-separated values in one ZIP archive. */
export class ZipFile {
  constructor(
    readonly name: string,
    readonly files: readonly CsvFile[],
    /** The instant that the archive says its files are of. */
    readonly at: Temporal.Instant,
  ) {}
}

/** The bytes of an archive, made as they are read: one file is written after the other. */
export function writeZip({ files, at }: ZipFile): Readable {
  const archive = new yazl.ZipFile();
  const bytes = new PassThrough();
  archive.on('error', (error: Error) => bytes.destroy(error));
  for (const file of files) {
    archive.addReadStreamLazy(`${file.name}.csv`, { mtime: new Date(at.epochMilliseconds) }, (give) => {
      writeCsv(file).then(
        (csv) => {
          csv.on('error', (error) => bytes.destroy(error));
          give(null, csv);
        },
        (error: Error) => bytes.destroy(error),
      );
    });
  }
  archive.end();
  archive.outputStream.pipe(bytes);
  return bytes;
}
