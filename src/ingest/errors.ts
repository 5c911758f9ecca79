import { defineErrors } from '../platform/errors.ts'

/** Faults of sources, imports, uploads and webhook deliveries. */
export const ingestErrors = defineErrors({
  SOURCE_NOT_FOUND: [404, 'There is no source "{name}"'],
  SOURCE_NAME_INVALID: [
    400,
    'The name of a source must have 1 to {longest} characters and no control characters',
  ],
  IMPORT_NOT_FOUND: [404, 'There is no import {id}'],
  IMPORT_CANCELLED: [409, 'The import was cancelled. Records committed before are kept.'],
  IMPORT_ENDED: [409, 'The import has already ended ({status}) and cannot be cancelled'],
  IMPORT_NOT_RESUMABLE: [
    409,
    'The import ({status}) cannot be resumed: only an upload or a crawl that was cancelled within the last 24 hours can. Upload the files or start the crawl again; what is stored already is recognised.',
  ],
  CRAWL_UNSUPPORTED: [
    409,
    'The source "{name}" is not of a format whose API can be read ({known}). Upload an export, or set up a webhook.',
  ],
  CRAWL_ACCESS_REQUIRED: [
    409,
    'The API of the source "{name}" has no address. Set it at /api/sources/{name}/access first.',
  ],
  IMPORT_STOPPED: [409, 'The import was stopped. Records committed before are kept.'],
  IMPORT_FAILED: [500, 'The import failed: {reason}'],
  IMPORT_GAVE_UP: [500, 'The import failed after {attempts} attempts. Last error: {reason}'],
  IMPORT_FILES_LOST: [410, 'The uploaded files no longer exist. Upload them again.'],
  IMPORT_FILES_ELSEWHERE: [
    503,
    'The uploaded files are in the home folder of another machine, and no worker there ran the import. Start a worker on that machine, or upload the files again.',
  ],
  IMPORT_AUDIENCE_FORBIDDEN: [
    403,
    'Your key cannot see the audience {audience}, so it cannot import into a source for it. Use a key that can.',
  ],
  UPLOAD_EXPECTED: [415, 'The body must be multipart/form-data with the fields and files of the import'],
  UPLOAD_MALFORMED: [400, 'The upload cannot be read: {reason}'],
  UPLOAD_OPTIONS_INVALID: [400, 'The field "options" must be a JSON object whose values are strings'],
  UPLOAD_WITHOUT_FILE: [
    400,
    'The upload has no file. Send at least one part named "file" that is not empty.',
  ],
  UPLOAD_NAME_REPEATED: [400, 'The upload has two files named {name}. Rename one of them.'],
  UPLOAD_TOO_LARGE: [413, 'The files are larger than {limit} bytes in total'],
  UPLOAD_NO_SPACE: [507, 'There is not enough disk space for the upload'],
  WEBHOOK_SIGNATURE_INVALID: [
    401,
    'The signature of the delivery is missing or wrong, or the source has no such webhook. Check the secret on both sides.',
  ],
  WEBHOOK_NOT_JSON: [400, 'The signature is valid, but the body is not JSON in UTF-8'],
  WEBHOOK_ID_MISSING: [400, 'The signature is valid, but the headers that identify the delivery are missing'],
  WEBHOOK_MEDIA_TYPE_UNSUPPORTED: [
    415,
    'Deliveries must be application/json. Choose JSON as the content type of the webhook.',
  ],
  WEBHOOK_SECRET_NOT_FOUND: [404, 'This webhook has no secret {id}'],
  WEBHOOK_SECRET_REQUIRED: [
    400,
    '{kind} makes the secret of its webhooks itself. Copy it from there into `secret`.',
  ],
  WEBHOOK_SECRET_INVALID: [
    400,
    'A secret must have 16 to 200 characters, without spaces or control characters',
  ],
  WEBHOOK_SECRET_IN_USE: [409, 'This webhook already uses this secret. Send a new one.'],
  SOURCE_AUDIENCE_FORBIDDEN: [
    403,
    'Your key cannot see the audience {audience}, so it cannot create a source for it. Choose a wider audience.',
  ],
  API_ADDRESS_INVALID: [
    400,
    'The address of an API must be https:// and a host, such as https://help.example.com',
  ],
  DELIVERY_NOT_FOUND: [404, 'This source has no delivery {id}'],
  DELIVERY_NOT_FAILED: [409, 'Delivery {id} is {status}. Only a failed delivery can be retried.'],
})

/** A record that a format could read but the import cannot take. */
export const RECORD_REPEATED = 'RECORD_REPEATED'
