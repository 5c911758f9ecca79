import { defineErrors } from '../platform/errors.ts'

/**
 * Faults of an export as a whole. They are thrown, because nothing after them can be read; everything before them was
 * yielded already. Each carries `file` and, where there is one, `line` (and `column`, `byte`).
 */
export const sourceErrors = defineErrors({
  SOURCE_FORMAT_UNKNOWN: [400, 'There is no source format "{format}"; known are {known}'],
  FORMAT_OPTION_INVALID: [400, 'The option "{option}" must be {expected}'],
  API_ADDRESS_INVALID: [400, 'The address of the community cannot be used: {reason}'],
  API_REFUSED: [422, '{url} answered {status}: the key is wrong, or may not list topics'],
  API_BUSY: [503, '{url} said {times} times to come back later'],
  API_UNAVAILABLE: [502, '{url} answered {status}'],
  API_ANSWER_INVALID: [502, '{url} answered {reason} where its API should have answered'],
  SOURCE_NOT_FOUND: [404, 'There is no {file}'],
  SOURCE_UNREADABLE: [422, 'Cannot read {file}: {reason}'],
  SOURCE_EMPTY: [422, '{file} is empty'],
  SOURCE_UNEXPECTED: [422, '{file} is not what this format expects: {reason}'],
  SOURCE_ENCODING: [422, '{file}:{line} is not UTF-8: {reason}'],
  SOURCE_TOO_LONG: [413, '{file}:{line}: {what} is longer than {limit} bytes'],
  XML_MALFORMED: [422, '{file}:{line}:{column}: malformed XML: {reason}'],
  XML_DOCTYPE_REFUSED: [422, '{file}:{line}: DOCTYPE refused: an export declares no entities'],
  JSON_MALFORMED: [422, '{file}:{line}:{column}: malformed JSON: {reason}'],
  JSON_TOO_DEEP: [422, '{file}:{line}: JSON nested deeper than {limit} levels'],
  CSV_HEADER_MISSING: [
    422,
    '{file} has no column "{column}" in its first line, and that names no question and answer either; say with --map which of its columns is what: {columns}',
  ],
  CSV_HEADER_AMBIGUOUS: [422, '{file}: several columns may be {field} ({columns}); say with --map which is'],
  CSV_COLUMN_UNKNOWN: [422, '{file} has no column "{column}" for {field}; it has: {columns}'],
  CSV_MAPPING_INVALID: [400, 'The mapping of columns is not usable: {reason}'],
  CSV_MALFORMED: [422, '{file}:{line}: malformed CSV: {reason}'],
  WEBHOOK_KIND_UNKNOWN: [400, 'There is no webhook "{kind}"; known are {known}'],
  WEBHOOK_PAYLOAD_UNEXPECTED: [422, 'The payload of {event} is not what this event carries: {reason}'],
  SOURCE_API_REFUSED: [
    422,
    'The API of {host} answered {status}: the user or token it was given is not accepted',
  ],
  SOURCE_API_FAILED: [502, 'The API of {host} could not be used: {reason}'],
  SOURCE_API_NEEDED: [
    422,
    'A delivery of {kind} only names what changed; give the address and token of its API (entraide sources access)',
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
