import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clamd, ScannerAway, ScannerRefuses } from '#attachments';
import { FakeClamd } from '../support/fake-clamd.ts';
import { aPdf, EICAR } from '../support/sample-files.ts';

let clamd: FakeClamd;
beforeEach(async () => void (clamd = await FakeClamd.start()));
afterEach(() => clamd.stop());

const MB = 1024 * 1024;

async function* inParts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += MB) yield Promise.resolve(bytes.subarray(at, at + MB));
}
const scan = (bytes: Buffer, url = clamd.url) => new Clamd(url).scan(inParts(bytes));

describe('a file that is sent to clamd', () => {
  it('arrives as it is, and is clean where clamd finds nothing', async () => {
    const file = aPdf(20 * MB);
    expect(await scan(file)).toBeNull();
    expect(clamd.read.map((read) => read.equals(file))).toEqual([true]);
  });

  it('has the virus that clamd names', async () => {
    expect(await scan(Buffer.concat([aPdf(3 * MB), Buffer.from(EICAR)]))).toBe('Eicar-Test-Signature');
  });

  it('is sent over a socket of the machine as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mash clamd-'));
    const local = await FakeClamd.start(join(folder, 'clamd.ctl'));
    try {
      expect(await scan(Buffer.from(EICAR), local.url.replaceAll(' ', '%20'))).toBe('Eicar-Test-Signature');
      expect(await scan(aPdf(), local.url)).toBeNull();
    } finally {
      await local.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it.each([1, 20])('of %i MB is not checked where it is larger than clamd takes, and clamd hangs up', async (size) => {
    clamd.manner = 'says-too-large';
    await expect(scan(aPdf(size * MB))).rejects.toThrow(
      new ScannerRefuses('the virus scanner takes no file as large: raise StreamMaxLength of clamd to 25M'),
    );
  });

  it('is not checked where clamd says what is no verdict', async () => {
    clamd.manner = 'says-nonsense';
    await expect(scan(aPdf())).rejects.toThrow(ScannerRefuses);
  });

  it.each([
    ['hangs up', 'hangs-up'],
    ['hangs up in between', 'hangs-up-in-between'],
  ] as const)('is not checked where clamd %s', async (_, manner) => {
    clamd.manner = manner;
    await expect(scan(aPdf(20 * MB))).rejects.toThrow(ScannerAway);
  });

  it('is not checked where clamd says nothing, and that is known after a time', async () => {
    clamd.manner = 'says-nothing';
    const impatient = new Clamd(clamd.url, 50);
    await expect(impatient.scan(inParts(aPdf()))).rejects.toThrow('the virus scanner gave no answer in time');
  });

  it('is not checked where there is no clamd', async () => {
    await clamd.stop();
    await expect(scan(aPdf(5 * MB))).rejects.toThrow(new ScannerAway('the virus scanner failed with ECONNREFUSED'));
    await expect(scan(aPdf(), 'unix:///there/is/none.ctl')).rejects.toThrow('failed with ENOENT');
  });

  it('fails as its bytes do, and clamd is let go', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Promise.resolve(aPdf());
      throw new Error('a part was changed');
    }
    await expect(new Clamd(clamd.url).scan(broken())).rejects.toThrow('a part was changed');
    expect(clamd.read).toEqual([]);
  });
});
