import { defineErrors } from '../platform/errors.ts'

export const webhookErrors = defineErrors({
  WEBHOOK_NOT_FOUND: [404, 'There is no webhook endpoint {id}'],
  WEBHOOK_CONFLICT: [
    412,
    'Webhook endpoint {id} was changed after you read it and is now at version {version}. Read it again, then repeat your change.',
  ],
  WEBHOOK_URL_INVALID: [422, '"{url}" cannot be a webhook endpoint: {reason}'],
  WEBHOOK_URL_TAKEN: [409, 'A webhook endpoint for {url} already exists{id}'],
  WEBHOOK_AUDIENCE_FORBIDDEN: [
    403,
    'Your key cannot see the audience {audience}, so it cannot create a webhook endpoint for it',
  ],
  WEBHOOK_DISABLED: [409, 'Webhook endpoint {id} is disabled. Enable it first.'],
  WEBHOOK_DELIVERY_NOT_DEAD: [404, 'There is no dead delivery {id}'],
})
