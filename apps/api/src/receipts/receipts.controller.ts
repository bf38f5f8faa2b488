import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenToAll } from '#access';
import { asReceipt, RecordOutcome } from '#messages';
import { isUuid } from '#platform';
import { NotifyGuard } from './notify.guard.ts';

/**
 * Where GOV.UK Notify says what became of a message. Of what it sends only our reference and the status are read:
 * the address that it sends along is not our business.
 */
@ApiExcludeController()
@OpenToAll('Notify calls with a bearer token of its own')
@UseGuards(NotifyGuard)
@Controller('api/v1/notify/receipts')
export class ReceiptsController {
  constructor(private readonly outcome: RecordOutcome) {}

  /** 204 also for a message that we do not know: Notify would only send it again. */
  @Post()
  @HttpCode(204)
  async receive(@Body() body: unknown): Promise<void> {
    const { reference, status } = parse(body);
    if (typeof reference !== 'string' || typeof status !== 'string' || !isUuid(reference)) return;
    await this.outcome.receipt(reference, asReceipt(status));
  }
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
