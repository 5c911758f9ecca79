import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AUDIENCES } from '../../access/index.ts'
import { type FormatOptions, requireFormat } from '../../sources/index.ts'
import { threadErrors } from '../errors.ts'
import { LONGEST_SOURCE_NAME, requireSourceName } from '../source-name.ts'
import type { WaitingRequest } from './import-queue.ts'

/** The fields of an upload; beside them come its files. */
export const UploadFields = Type.Object(
  {
    format: Type.String({ description: 'name of a source format: `stack-exchange`, `ndjson`, `csv` …' }),
    source: Type.String({
      maxLength: LONGEST_SOURCE_NAME + 50,
      description: 'the community it comes from; made at its first import',
    }),
    audience: Type.Optional(
      Type.Enum([...AUDIENCES], { description: 'who may see its threads (a new source: `internal`)' }),
    ),
    labelFrom: Type.Optional(
      Type.Enum(['tags'], { description: 'give `category` the first tag that 15 threads or more carry' }),
    ),
    complete: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'the export is whole: what the source had and it does not tell counts as deleted',
      }),
    ),
    redact: Type.Optional(
      Type.Enum(['true', 'false'], {
        description: 'take personal data out of all texts before they are stored; the source remembers it',
      }),
    ),
    options: Type.Optional(
      Type.String({
        description: 'choices of the format, as a JSON object of texts: {"dates":"dmy"} for `csv`',
      }),
    ),
  },
  { additionalProperties: false },
)
type UploadFields = Static<typeof UploadFields>

const fields = Compile(UploadFields)
const formatOptions = Compile(Type.Record(Type.String(), Type.String()))

/** What can be said of a field by itself. @throws CodedError SOURCE_FORMAT_UNKNOWN, SOURCE_NAME_INVALID */
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
    ...(complete === 'true' && { complete: true }),
    ...(redact !== undefined && { redact: redact === 'true' }),
    ...(options !== undefined && { options: optionsFrom(options) }),
  }
}

/** @throws CodedError UPLOAD_OPTIONS_INVALID */
function optionsFrom(text: string): FormatOptions {
  try {
    const given: unknown = JSON.parse(text)
    if (formatOptions.Check(given)) return given
  } catch {
    // Not JSON: told below.
  }
  throw threadErrors.UPLOAD_OPTIONS_INVALID()
}

/** The server explains it as it does a JSON body that does not fit its schema. */
function invalid(validation: unknown): Error {
  return Object.assign(new Error('the fields do not fit'), {
    statusCode: 400,
    validation,
    validationContext: 'body',
  })
}
