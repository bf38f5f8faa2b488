import { Needs } from '#access';
import { HubTime } from '#deadlines';
import { minutesInWords } from '#domain';
import { ReadServiceState } from '#watchdog';
import { Controller, Get } from '@nestjs/common';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { codeInWords, dayAndTime } from '../../shell/words/words.ts';

/** What each invariant means to the people of the hub. */
const INVARIANTS: Readonly<Record<string, string>> = {
  I1: 'Everything that is due has been alerted',
  I2: 'Every alert has been sent, or is being sent',
  I3: 'Every undecided referral has a running clock',
  I4: 'No alert was early, and none came after the decision',
  I5: 'Every due time is what the policy gives',
  I6: 'Every referral that was accepted is there once',
  clock: 'The clocks of the machines agree',
};

@Controller('service')
export class ServiceController {
  constructor(
    private readonly read: ReadServiceState,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('service:read')
  async show(): Promise<Answer> {
    const { round, isSilent, figures, now } = await this.read.execute();
    const when = (instant: Temporal.Instant | null) =>
      instant === null ? null : dayAndTime(instant, now, this.time.zone);
    return view('pages/service/service.njk', {
      state: isSilent ? 'silent' : round!.holds ? 'holds' : 'broken',
      checkedAt: round && when(round.checkedAt),
      invariants: Object.entries(INVARIANTS).map(([code, words]) => ({
        code,
        words,
        broken: round?.findings.find(({ invariant }) => invariant === code)?.count ?? 0,
      })),
      canary: round?.canaryLatenessMs ?? null,
      canaryAt: round && when(round.canaryFiredAt),
      fedAt: round && when(round.switchFedAt),
      oldest: inWords(figures.oldestUnfiredSeconds),
      lag: inWords(figures.ledgerLagSeconds),
      deliveries: figures.deliveries.map((line) => ({
        ...line,
        channel: codeInWords(line.channel),
        state: codeInWords(line.state),
      })),
    });
  }
}

function inWords(seconds: number): string {
  if (seconds < 1) return 'nothing waits';
  return seconds < 60 ? `${Math.round(seconds)} seconds` : minutesInWords(Math.floor(seconds / 60));
}
