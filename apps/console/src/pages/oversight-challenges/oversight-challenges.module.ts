import { Module } from '@nestjs/common';
import { ChallengesModule } from '#oversight';
import { DraftsModule } from '#work';
import { ChallengesController } from './challenges.controller.ts';
import { MakeChallengeController } from './make-challenge.controller.ts';

@Module({ imports: [ChallengesModule, DraftsModule], controllers: [ChallengesController, MakeChallengeController] })
export class OversightChallengesPageModule {}
