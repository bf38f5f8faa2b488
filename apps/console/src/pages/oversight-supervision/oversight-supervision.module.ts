import { Module } from '@nestjs/common';
import { SupervisionModule } from '#oversight';
import { DraftsModule } from '#work';
import { SupervisionController } from './supervision.controller.ts';
import { WriteNoteController } from './write-note.controller.ts';

/** The address of a new note is read before that of a note by its id. */
@Module({ imports: [DraftsModule, SupervisionModule], controllers: [WriteNoteController, SupervisionController] })
export class OversightSupervisionPageModule {}
