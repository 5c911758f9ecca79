export { changeEndpoint, type EndpointChange } from './change-endpoint.ts'
export { createEndpoint, type EndpointDefinition } from './create-endpoint.ts'
export { DELIVERY_STATUSES, type Delivery, type DeliveryStatus } from './delivery.ts'
export { deliveryMetric } from './delivery-metric.ts'
export { createDeliveryStore, type DeliveryStore } from './delivery-store.ts'
export type { SendDeps, TellDeps, WebhookDeps } from './deps.ts'
export {
  DEFAULT_ROUTING,
  type Endpoint,
  EVENT_TYPES,
  type EventType,
  type RoutingFilter,
} from './endpoint.ts'
export { createEndpointStore, type EndpointStore } from './endpoint-store.ts'
export { requireEndpointUrl } from './endpoint-url.ts'
export { webhookErrors } from './errors.ts'
export { webhookJobs } from './jobs.ts'
export { TIMEOUT_MS as WEBHOOK_TIMEOUT_MS } from './post-message.ts'
export { type EndpointView, presentEndpoints } from './present-endpoint.ts'
export { removeEndpoint } from './remove-endpoint.ts'
export { retryDeliveries } from './retry-deliveries.ts'
export { DEFAULT_OVERLAP_HOURS, rotateSecret } from './rotate-secret.ts'
export { newSecret } from './secrets.ts'
export { createSendQueue, type SendQueue } from './send-queue.ts'
export { type SenderOptions, startSender } from './sender.ts'
export { type TestReport, testEndpoint } from './test-endpoint.ts'
