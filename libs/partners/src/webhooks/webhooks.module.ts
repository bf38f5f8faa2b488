import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '#access';
import { AddEndpoint } from './add-endpoint.ts';
import { ReadDeliveries } from './read-deliveries.ts';
import { ReadEndpoints } from './read-endpoints.ts';
import { RemoveEndpoint } from './remove-endpoint.ts';
import { ReplayDelivery } from './replay-delivery.ts';
import { RotateSecret } from './rotate-secret.ts';
import { SendWebhooks } from './send-webhooks.ts';
import { SwitchOnEndpoint } from './switch-on.ts';
import { TellEndpoints } from './tell-endpoints.ts';
import { TestEndpoint } from './test-endpoint.ts';
import { WebhookKey } from './webhook-key.ts';

const USE_CASES = [
  AddEndpoint,
  ReadDeliveries,
  ReadEndpoints,
  RemoveEndpoint,
  ReplayDelivery,
  RotateSecret,
  SendWebhooks,
  SwitchOnEndpoint,
  TellEndpoints,
  TestEndpoint,
];

/** Where agencies are told of what happened. */
@Module({})
export class WebhooksModule {
  /** @param key the setting `WEBHOOK_KEY`; undefined where this hub has no webhooks */
  static with(key: string | undefined): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [AccessModule],
      providers: [...USE_CASES, { provide: WebhookKey, useValue: new WebhookKey(key) }],
      exports: USE_CASES,
    };
  }
}
