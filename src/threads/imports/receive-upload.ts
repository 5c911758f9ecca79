import type { Multipart } from '@fastify/multipart'
import { CodedError } from '../../platform/index.ts'
import { threadErrors } from '../errors.ts'
import type { IncomingUpload } from './upload-folder.ts'
import { uploadName } from './upload-name.ts'

/** What one upload may hold beside the bytes of its files, which are counted as they come. */
export const PART_LIMITS = {
  files: 500,
  fields: 20,
  parts: 520,
  fieldNameSize: 100,
  fieldSize: 65_536,
  fileSize: Number.MAX_SAFE_INTEGER,
}

/**
 * Reads a multipart body: files named `file` go to the disk as they come, fields are gathered, in whatever order.
 *
 * @param onField hears of each field when it comes, so that what is wrong with it is told before gigabytes follow
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
        if (fields.has(fieldname)) throw malformed(`it has the field ${fieldname} twice`)
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        onField(fieldname, text)
        fields.set(fieldname, text)
        continue
      }
      if (part.fieldname !== 'file')
        throw malformed(`its part ${part.fieldname} is a file, but files go by the name "file"`)
      files += 1
      await upload.write(uploadName(part.filename, files), part.file)
    }
  } catch (fault) {
    throw isOurs(fault) ? fault : malformed((fault as Error).message, fault)
  }
  if (files === 0) throw threadErrors.UPLOAD_WITHOUT_FILE()
  return Object.fromEntries(fields)
}

/** Whether a fault is one of ours or of the machine's, and not of what was sent. */
function isOurs(fault: unknown): boolean {
  return fault instanceof CodedError || (fault as NodeJS.ErrnoException).syscall !== undefined
}

function malformed(reason: string, cause?: unknown): CodedError {
  return threadErrors.UPLOAD_MALFORMED({ reason }, { cause })
}
