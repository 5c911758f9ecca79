import { defineErrors } from '../../platform/index.ts'

export const deliveryErrors = defineErrors({
  WEBHOOK_REFUSED: [401, 'The delivery is not signed as a webhook of this source has to be'],
  WEBHOOK_NOT_JSON: [400, 'The delivery is signed, but is not JSON in UTF-8'],
  WEBHOOK_UNIDENTIFIED: [400, 'The delivery is signed, but lacks the headers that name it'],
  WEBHOOK_FORM_REFUSED: [415, 'A webhook must send application/json; choose JSON as its content type'],
  WEBHOOK_SECRET_NOT_FOUND: [404, 'There is no secret {id} of this webhook'],
  WEBHOOK_SECRET_NEEDED: [
    400,
    'The secret of a {kind} webhook is made by {kind}: copy it from there into `secret`',
  ],
  WEBHOOK_SECRET_INVALID: [
    400,
    'A secret has 16 to 200 characters, none of them a space or control character',
  ],
  WEBHOOK_SECRET_IN_USE: [409, 'This secret is in use for this webhook already'],
  SOURCE_AUDIENCE_TOO_CLOSE: [
    403,
    'A source for {audience} is made with a key that sees that much; choose a wider audience',
  ],
  DELIVERY_NOT_FOUND: [404, 'There is no delivery {id} from this source'],
  DELIVERY_DONE: [409, 'Delivery {id} is {status}; only a failed one can be tried again'],
  API_ADDRESS_INVALID: [
    400,
    'The address of an API is https:// and a host, such as https://help.example.com',
  ],
})
