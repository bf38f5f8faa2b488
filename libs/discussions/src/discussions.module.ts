import { Module } from '@nestjs/common';
import { CallDiscussion } from './call-discussion.ts';
import { ReadDiscussionTimes } from './read-discussion-times.ts';
import { ReadDiscussions } from './read-discussions.ts';
import { RecordConference } from './record-conference.ts';
import { RecordDiscussion } from './record-discussion.ts';

const USE_CASES = [CallDiscussion, RecordDiscussion, RecordConference, ReadDiscussions, ReadDiscussionTimes];

/** Strategy discussions: called, recorded, read; and the conference that follows. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class DiscussionsModule {}
