export type { paths, operations, components } from './contract.ts';
export { RefusedByHub, TokenRefused, Unreachable } from './errors.ts';
export type { Problem } from './errors.ts';
export { PartnerClient } from './partner-client.ts';
export type { Credentials } from './hub-connection.ts';
export { registerProgram } from './register-program.ts';
export type { NewProgram, RegisteredProgram } from './register-program.ts';
export type {
  Attachment,
  CodeList,
  CodeListVersion,
  EventBatch,
  FileToAttach,
  HowToTake,
  InformationRequest,
  OwnReferral,
  Referral,
  ReferralReceived,
  ReferralStatus,
} from './partner-client.ts';
export type { WebhookDelivery, WebhookEndpoint, WebhookEndpointWithSecret } from './partner-client.ts';
export { NotFromHub, WebhookReceiver } from './receive-webhook.ts';
export type { SeenCalls, WebhookHeaders, WebhookMessage } from './receive-webhook.ts';
