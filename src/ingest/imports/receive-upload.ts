import type { Multipart } from '@fastify/multipart'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AUDIENCES } from '../../access/audience.ts'
import { CodedError } from '../../platform/errors.ts'
import type { FormatOptions } from '../../sources/record.ts'
import { requireFormat } from '../../sources/registry.ts'
import { ingestErrors } from '../errors.ts'
import { LONGEST_SOURCE_NAME, requireSourceName } from '../source-name.ts'
import type { WaitingRequest } from './import-queue.ts'
import type { IncomingUpload } from './upload-folder.ts'

/** Limits of one upload, except the bytes of its files, which are counted as they arrive. */
export const PART_LIMITS = {
  files: 500,
  fields: 20,
  parts: 520,
  fieldNameSize: 100,
  fieldSize: 65_536,
  fileSize: Number.MAX_SAFE_INTEGER,
}

/**
 * Reads a multipart body, whatever the order of its parts: files named `file` are written to the disk as they arrive,
 * fields are collected.
 *
 * @param onField called with each field when it arrives, so that an error is reported before gigabytes follow
 * @throws CodedError UPLOAD_MALFORMED, UPLOAD_WITHOUT_FILE; those of the folder
 */
export async function receiveUpload(
  parts: AsyncIterable<Multipart>,
  upload: IncomingUpload,
  onField: (name: string, value: string) => void,
): Promise<Record<string, string>> {
  const fields = new Map<string, string>()
  let files = 0
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        const { fieldname, value, valueTruncated, fieldnameTruncated } = part
        if (valueTruncated || fieldnameTruncated) throw malformed(`the field ${fieldname} is too long`)
        if (fields.has(fieldname)) throw malformed(`the field ${fieldname} appears twice`)
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        onField(fieldname, text)
        fields.set(fieldname, text)
        continue
      }
      if (part.fieldname !== 'file')
        throw malformed(`the part ${part.fieldname} is a file, but files must be named "file"`)
      files += 1
      await upload.write(uploadName(part.filename, files), part.file)
    }
  } catch (fault) {
    throw isKnownFault(fault) ? fault : malformed((fault as Error).message, fault)
  }
  if (files === 0) throw ingestErrors.UPLOAD_WITHOUT_FILE()
  return Object.fromEntries(fields)
}

/** Whether a fault has a code or comes from the system, rather than from what was sent. */
function isKnownFault(fault: unknown): boolean {
  return fault instanceof CodedError || (fault as NodeJS.ErrnoException).syscall !== undefined
}

function malformed(reason: string, cause?: unknown): CodedError {
  return ingestErrors.UPLOAD_MALFORMED({ reason }, { cause })
}

const MOST_BYTES = 200

/**
 * The name under which an uploaded file is stored and shown: the last part of its given name, without characters that
 * file names must not hold. It is never a path and never empty.
 *
 * @param at the number of the file in its upload, for a file without a name
 */
export function uploadName(given: string | undefined, at: number): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return cutEnd(clean) || `file-${at}`
}

/** Keeps the end of the name, which holds the file type. */
function cutEnd(name: string): string {
  const characters = [...name].slice(-MOST_BYTES)
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES) characters.shift()
  return characters.join('')
}

/** The fields of an upload, apart from its files. */
export const UploadFields = Type.Object(
  {
    format: Type.String({ description: 'Name of a source format: `stack-exchange`, `ndjson`, `csv` …' }),
    source: Type.String({
      maxLength: LONGEST_SOURCE_NAME + 50,
      description: 'Name of the source; created by its first import',
    }),
    audience: Type.Optional(
      Type.Enum([...AUDIENCES], {
        description: 'Who may see its threads; `internal` by default for a new source',
      }),
    ),
    labelFrom: Type.Optional(
      Type.Enum(['tags'], {
        description: 'Labels `category` with the first tag that at least 15 threads have',
      }),
    ),
    complete: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'The export is complete: whatever the source had and the export lacks is deleted',
      }),
    ),
    redact: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'Redact personal data before texts are stored; remembered for the source',
      }),
    ),
    options: Type.Optional(
      Type.String({
        description: 'Options of the format, as a JSON object of strings: {"dates":"dmy"} for `csv`',
      }),
    ),
  },
  { additionalProperties: false },
)
type UploadFields = Static<typeof UploadFields>

const fields = Compile(UploadFields)
const formatOptions = Compile(Type.Record(Type.String(), Type.String()))

/** Checks a field by itself. @throws CodedError SOURCE_FORMAT_UNKNOWN, SOURCE_NAME_INVALID */
export function checkField(name: string, value: string): void {
  if (name === 'format') requireFormat(value)
  if (name === 'source') requireSourceName(value)
}

/**
 * The import that an upload's fields ask for.
 *
 * @throws CodedError SOURCE_FORMAT_UNKNOWN, SOURCE_NAME_INVALID; a validation error as Fastify's own
 */
export function requestFrom(given: Readonly<Record<string, string>>): Omit<WaitingRequest, 'actor'> {
  if (!fields.Check(given)) throw invalid(fields.Errors(given))
  for (const [name, value] of Object.entries(given)) checkField(name, value)
  const { source, complete, redact, options, ...rest }: UploadFields = given
  return {
    ...rest,
    source: requireSourceName(source),
    complete: complete === 'true' ? true : undefined,
    redact: redact === undefined ? undefined : redact === 'true',
    options: options === undefined ? undefined : optionsFrom(options),
  }
}

/** @throws CodedError UPLOAD_OPTIONS_INVALID */
function optionsFrom(text: string): FormatOptions {
  try {
    const given: unknown = JSON.parse(text)
    if (formatOptions.Check(given)) return given
  } catch {
    // Not JSON: reported below.
  }
  throw ingestErrors.UPLOAD_OPTIONS_INVALID()
}

/** An error that the server reports in the same way as a JSON body that does not match its schema. */
function invalid(validation: unknown): Error {
  return Object.assign(new Error('the fields are not valid'), {
    statusCode: 400,
    validation,
    validationContext: 'body',
  })
}
