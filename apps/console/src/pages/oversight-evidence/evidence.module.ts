import { Module } from '@nestjs/common';
import { EvidenceModule } from '#oversight';
import { EvidenceController } from './evidence.controller.ts';

@Module({ imports: [EvidenceModule], controllers: [EvidenceController] })
export class EvidencePageModule {}
