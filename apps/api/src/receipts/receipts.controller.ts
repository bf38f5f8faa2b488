import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { timingSafeEqual } from 'node:crypto';
import { OpenToAll } from '#access';
import { asReceipt, RecordOutcome } from '#messages';
import { ApiSettings, isUuid, Refused } from '#platform';
import type { Request } from 'express';

/**
 * Where GOV.UK Notify says what became of a message. Of what it sends only our reference and the status are read:
 * the address that it sends along is not our business.
 */
@ApiExcludeController()
@OpenToAll('Notify calls with a bearer token of its own, which is checked here')
@Controller('api/v1/notify/receipts')
export class ReceiptsController {
  constructor(
    private readonly settings: ApiSettings,
    private readonly outcome: RecordOutcome,
  ) {}

  /** 204 also for a message that we do not know: Notify would only send it again. */
  @Post()
  @HttpCode(204)
  async receive(@Req() request: Request, @Body() body: unknown): Promise<void> {
    if (!isFromNotify(request, this.settings)) throw new Refused('not-found');
    const { reference, status } = parse(body);
    if (typeof reference !== 'string' || typeof status !== 'string' || !isUuid(reference)) return;
    await this.outcome.receipt(reference, asReceipt(status));
  }
}

/** Whether a call has the token that Notify was given. Takes as long whatever the token is. A hub without one takes none. */
function isFromNotify({ headers }: Pick<Request, 'headers'>, { NOTIFY_CALLBACK_TOKEN: token }: ApiSettings): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Bodies reach us as bytes: a referral is read by a reader of its own. */
function parse(body: unknown): { reference?: unknown; status?: unknown } {
  try {
    const value: unknown = Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
