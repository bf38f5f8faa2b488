import { Module } from '@nestjs/common';
import { DrawSample } from './draw-sample.ts';
import { GradeSample } from './grade-sample.ts';
import { ReadBlind } from './read-blind.ts';
import { ReadSampleItem } from './read-sample-item.ts';
import { ReadSamples } from './read-samples.ts';
import { RedrawSample } from './redraw-sample.ts';

const USE_CASES = [DrawSample, ReadSamples, ReadSampleItem, ReadBlind, GradeSample, RedrawSample];

/** The dip sample of each month: drawn, read blind, graded. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class SamplesModule {}
