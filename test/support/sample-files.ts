import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';

/** The bytes of a file whose content is of a kind, filled up to a size. @param size bytes */
export function aPdf(size = 2_000, words = 'body map'): Buffer {
  return filled(Buffer.from(`%PDF-1.7\n% ${words}\n`), size);
}

export function filled(head: Buffer, size: number): Buffer {
  return Buffer.concat([head, Buffer.alloc(Math.max(size - head.length, 0), 0x20)], size);
}

/** Files of Word and of others that are archives as well. @param names of the files within */
export const aZip = (...names: readonly string[]): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, strToU8(`<x>${name}</x>`)]))));

export const aWordDocument = (...more: readonly string[]): Buffer =>
  aZip('[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml', ...more);

const CFB = Buffer.from('D0CF11E0A1B11AE1', 'hex');
/** A document of Word 97 to 2003, as far as its kind is told: its head, and the name of the stream of its text. */
export const anOldWordDocument = (): Buffer =>
  Buffer.concat([filled(CFB, 1_024), Buffer.from('Root Entry', 'utf16le'), Buffer.from('WordDocument', 'utf16le')]);
/** A file of another program of that time. */
export const anOldWorkbook = (): Buffer => Buffer.concat([filled(CFB, 1_024), Buffer.from('Workbook', 'utf16le')]);

export const A_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The text that every scanner takes for a virus (eicar.org), in two halves so that none takes this file for one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
