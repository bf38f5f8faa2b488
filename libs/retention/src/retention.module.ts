import { Module } from '@nestjs/common';
import { AnswerDestruction } from './answer-destruction.ts';
import { ApproveDestruction } from './approve-destruction.ts';
import { DeleteTechnicalRows } from './delete-technical-rows.ts';
import { DestroyRecords } from './destroy-records.ts';
import { ForgetLeavers } from './forget-leavers.ts';
import { Holds } from './holds.ts';
import { KeepRecord } from './keep-record.ts';
import { ProposeDestruction } from './propose-destruction.ts';
import { PublishSchedule } from './publish-schedule.ts';
import { ReadRetention } from './read-retention.ts';

const USE_CASES = [ReadRetention, ApproveDestruction, KeepRecord, AnswerDestruction, Holds, PublishSchedule];

/** Records are kept for as long as the council's schedule says, and then destroyed by two people. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class RetentionModule {}

const WORK = [ProposeDestruction, DestroyRecords, ForgetLeavers, DeleteTechnicalRows];

/** What a worker does for it. */
@Module({ providers: WORK, exports: WORK })
export class RetentionWorkModule {}
