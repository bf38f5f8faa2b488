import { Module } from '@nestjs/common';
import { ReferralsModule } from '#referrals';
import { NoteController } from './note.controller.ts';

@Module({ imports: [ReferralsModule], controllers: [NoteController] })
export class NotePageModule {}
