import { Text } from '#referrals';

/** The body of `POST /api/v1/webhook-endpoints`. Unknown properties are refused. */
export class AddWebhookEndpointBody {
  @Text({
    max: 500,
    description: 'Where the hub calls: https, the usual port, and a server of the Internet by its name.',
    example: 'https://records.example.org/mash/events',
  })
  readonly address!: string;
}
