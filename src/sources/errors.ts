import { defineErrors } from '../platform/errors.ts'

/**
 * Faults of an export as a whole. They are thrown, because nothing after them can be read; everything before them was
 * yielded already. Each carries `file` and, where there is one, `line` (and `column`, `byte`).
 */
export const sourceErrors = defineErrors({
  SOURCE_FORMAT_UNKNOWN: [400, 'Unknown source format "{format}". Known formats: {known}'],
  FORMAT_OPTION_INVALID: [400, 'The option "{option}" must be {expected}'],
  COMMUNITY_URL_INVALID: [400, 'The URL of the community cannot be used: {reason}'],
  API_REFUSED: [422, '{url} responded {status}. Check the API key: it is wrong or may not list topics.'],
  API_BUSY: [503, '{url} was still busy after {times} attempts. Try again later.'],
  API_UNAVAILABLE: [502, '{url} is unavailable: {status}'],
  API_ANSWER_INVALID: [502, 'Unexpected response from {url}: {reason}'],
  FILE_NOT_FOUND: [404, 'There is no file or folder {file}'],
  FILE_UNREADABLE: [422, 'Cannot read {file}: {reason}'],
  FILE_EMPTY: [422, '{file} is empty'],
  FILE_FORMAT_UNEXPECTED: [422, '{file} does not have the expected format: {reason}'],
  FILE_ENCODING_INVALID: [422, '{file}:{line} is not UTF-8: {reason}'],
  FILE_VALUE_TOO_LONG: [413, '{file}:{line}: {what} is longer than {limit} bytes'],
  XML_MALFORMED: [422, '{file}:{line}:{column}: malformed XML: {reason}'],
  XML_DOCTYPE_REFUSED: [422, '{file}:{line}: DOCTYPE is not allowed, because an export needs no entities'],
  JSON_MALFORMED: [422, '{file}:{line}:{column}: malformed JSON: {reason}'],
  JSON_TOO_DEEP: [422, '{file}:{line}: JSON is nested deeper than {limit} levels'],
  CSV_HEADER_MISSING: [
    422,
    'The first line of {file} has no column "{column}" and no columns for question and answer. Map its columns with --map: {columns}',
  ],
  CSV_HEADER_AMBIGUOUS: [422, '{file}: several columns could be {field} ({columns}). Choose one with --map.'],
  CSV_COLUMN_UNKNOWN: [422, '{file} has no column "{column}" for {field}. Its columns are: {columns}'],
  CSV_MAPPING_INVALID: [400, 'The column mapping is invalid: {reason}'],
  CSV_MALFORMED: [422, '{file}:{line}: malformed CSV: {reason}'],
  WEBHOOK_KIND_UNKNOWN: [400, 'Unknown webhook "{kind}". Known webhooks: {known}'],
  WEBHOOK_PAYLOAD_UNEXPECTED: [422, 'The payload does not match the event {event}: {reason}'],
  SOURCE_API_REFUSED: [
    422,
    'The API of {host} responded {status}: it does not accept the user or the token. Check them with "entraide sources access".',
  ],
  SOURCE_API_FAILED: [502, 'The API of {host} cannot be used: {reason}'],
  SOURCE_API_REQUIRED: [
    422,
    'A delivery from {kind} only names what has changed. Set the address and token of its API with "entraide sources access".',
  ],
})

/** Codes of single rows that are rejected; the rows after them are still read. */
export type RejectionCode =
  | 'ROW_FIELD_MISSING'
  | 'ROW_FIELD_INVALID'
  | 'LINE_NOT_JSON'
  | 'RECORD_TYPE_UNKNOWN'
  | 'RECORD_INVALID'
  | 'CSV_ROW_MALFORMED'
