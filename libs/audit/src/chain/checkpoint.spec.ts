import fc from 'fast-check';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import { openNote, signNote } from './signed-note.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

const checkpoint = fc.record({
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
  lanes: fc.uniqueArray(
    fc.record({
      lane: fc.integer({ min: 0, max: 127 }),
      seq: fc.integer({ min: 1, max: 10 ** 12 }),
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    }),
    { selector: ({ lane }) => lane },
  ),
  months: fc.uniqueArray(fc.constantFrom('2025-12', '2026-01', '2026-02')),
});

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(checkpoint, (one) => {
        const read = readCheckpoint(checkpointText(one))!;
        expect({ ...read, at: read.at.toString() }).toEqual({ ...one, at: one.at.toString() });
      }),
    );
  });

  it('is none when a line of it is changed or missing', () => {
    const lanes = [{ lane: 7, seq: 12, hash: Buffer.alloc(32, 1) }];
    const text = checkpointText({ at: Temporal.Instant.from('2026-11-23T10:00Z'), lanes, months: ['2026-11'] });
    expect(text).toMatch(
      /^mash-triage\/record\n12\n[^\n]{44}\ntime 2026-11-23T10:00:00Z\nmonths 2026-11\nlane 7 12 (?:AQEB){10}AQE=\n$/,
    );
    const changes = [
      text.replace(' 12 ', ' 13 '),
      text.replace('\n12\n', '\n13\n'),
      text.replace('AQEB', 'AQEC'),
      text.replace('lane 7', 'lane 8'),
      text.replace('mash-triage', 'other'),
      text.replace('months', 'month'),
      text.replace(/lane.*\n/, ''),
      '',
    ];
    for (const changed of changes) expect([changed, readCheckpoint(changed)]).toEqual([changed, null]);
  });
});

describe('a signed note', () => {
  const note = signNote('one\ntwo\n', privateKey);

  it('has the form of C2SP: the text, an empty line, and a line with the name of the key and 68 bytes', () => {
    const [, encoded] = /^one\ntwo\n\n\u2014 mash-triage\/record ([A-Za-z0-9+/=]+)\n$/.exec(note)!;
    expect(Buffer.from(encoded!, 'base64')).toHaveLength(4 + 64);
  });

  it('opens with its key, and is the text that was signed', () => {
    expect(openNote(note, publicKey)).toBe('one\ntwo\n');
    expect(openNote(note, createPublicKey(privateKey))).toBe('one\ntwo\n');
  });

  it('does not open with another key, nor when a character of it is changed or its end is missing', () => {
    expect(openNote(note, generateKeyPairSync('ed25519').publicKey)).toBeNull();
    // The end is the padding of base64 and a line feed.
    for (let at = 0; at < note.length - '=\n'.length; at++) {
      const changed = note.slice(0, at) + (note[at] === 'x' ? 'y' : 'x') + note.slice(at + 1);
      expect([at, openNote(changed, publicKey)]).toEqual([at, null]);
      expect([at, openNote(note.slice(0, at), publicKey)]).toEqual([at, null]);
    }
  });
});
