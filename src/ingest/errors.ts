import { defineErrors } from '../platform/errors.ts'

/** Faults of sources, imports, uploads and webhook deliveries. */
export const ingestErrors = defineErrors({
  SOURCE_UNKNOWN: [404, 'There is no source "{name}"'],
  SOURCE_NAME_INVALID: [
    400,
    'A source is named with 1 to {longest} characters, none of them a control character',
  ],
  IMPORT_NOT_FOUND: [404, 'There is no import {id}'],
  IMPORT_CANCELLED: [409, 'The import was cancelled; what it had acknowledged is kept'],
  IMPORT_ENDED: [409, 'The import has ended ({status}) and cannot be cancelled'],
  IMPORT_STOPPED: [409, 'The import was stopped; what it had acknowledged is kept'],
  IMPORT_FAILED: [500, 'The import failed: {reason}'],
  IMPORT_GAVE_UP: [
    500,
    'The import was started {attempts} times and came to its end at none; last: {reason}',
  ],
  IMPORT_FILES_LOST: [410, 'The uploaded files are no longer there; upload them again'],
  IMPORT_FILES_ELSEWHERE: [
    503,
    'No worker came that can read the uploaded files: they lie in the home folder of another machine',
  ],
  IMPORT_AUDIENCE_TOO_CLOSE: [403, 'A source for {audience} is imported with a key that sees that much'],
  UPLOAD_EXPECTED: [415, 'The body must be multipart/form-data with the fields and files of the import'],
  UPLOAD_MALFORMED: [400, 'The upload cannot be read: {reason}'],
  UPLOAD_OPTIONS_INVALID: [400, 'The field options is a JSON object whose values are texts'],
  UPLOAD_WITHOUT_FILE: [400, 'The upload has no part named "file" with bytes in it'],
  UPLOAD_NAME_REPEATED: [400, 'The upload has two files named {name}'],
  UPLOAD_TOO_LARGE: [413, 'The files are larger than {limit} bytes together'],
  UPLOAD_NO_SPACE: [507, 'There is no room on the disk for the upload'],
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
})

/** A record that a format could read but the import cannot take. */
export const RECORD_REPEATED = 'RECORD_REPEATED'
