import { Module } from '@nestjs/common';
import { MonthlyFigures } from '../months/monthly-figures.ts';
import { Standings } from '../standings/standings.ts';
import { AskForEvidence } from './ask-for-evidence.ts';
import { DeleteOldEvidence } from './delete-old-evidence.ts';
import { FiguresOfPack } from './figures-part.ts';
import { MakeEvidence } from './make-evidence.ts';
import { ReadEvidence } from './read-evidence.ts';

const USE_CASES = [AskForEvidence, DeleteOldEvidence, MakeEvidence, ReadEvidence];

/** Evidence packs: asked for, made by a job, read, deleted after a day. */
@Module({ providers: [...USE_CASES, FiguresOfPack, MonthlyFigures, Standings], exports: USE_CASES })
export class EvidenceModule {}
