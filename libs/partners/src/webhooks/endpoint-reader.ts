import { OutboundFault, readOutboundAddress } from '#platform';
import { readFields, type FieldFault } from '#referrals';
import { AddWebhookEndpointBody } from './add-endpoint.body.ts';

/** An endpoint cannot be added as it is. Everything that is wrong with it, one fault a pointer. */
export class InvalidEndpoint extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-webhook-endpoint');
    this.name = 'InvalidEndpoint';
  }
}

/**
 * The address of an endpoint, as it will be called.
 *
 * @throws InvalidEndpoint with a pointer for every faulty field
 */
export function readEndpoint(sent: unknown): string {
  const { body, faults } = readFields(AddWebhookEndpointBody, sent);
  if (body === null || faults.length > 0) throw new InvalidEndpoint(faults);
  try {
    return readOutboundAddress(body.address).href;
  } catch (error) {
    if (!(error instanceof OutboundFault)) throw error;
    const code = error.code.replaceAll('-', '_');
    throw new InvalidEndpoint([{ pointer: '/address', code, detail: error.message }]);
  }
}
