import { defineErrors } from '../platform/index.ts'

export const threadErrors = defineErrors({
  THREAD_NOT_FOUND: [404, 'There is no thread {id}'],
  SOURCE_UNKNOWN: [404, 'There is no source "{name}"'],
  IMPORT_STOPPED: [409, 'The import was stopped; what it had acknowledged is kept'],
  IMPORT_FAILED: [500, 'The import failed: {reason}'],
})

/** A record that a format could read but the import cannot take. */
export const RECORD_REPEATED = 'RECORD_REPEATED'
