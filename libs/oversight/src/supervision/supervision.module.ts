import { Module } from '@nestjs/common';
import { DoAction } from './do-action.ts';
import { ReadNotes } from './read-notes.ts';
import { WriteNote } from './write-note.ts';

const USE_CASES = [WriteNote, ReadNotes, DoAction];

/** Supervision notes with their actions. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class SupervisionModule {}
