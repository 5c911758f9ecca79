import { sourceErrors } from '../errors.ts'
import { ByteWindow } from '../reading/byte-window.ts'
import { fileSize, openInput } from '../reading/input-file.ts'
import { type Line, readLines } from '../reading/lines.ts'
import type { ReadProgress, SourceFormat, SourceItem } from '../record.ts'

/** Entraide's own format: one record per line, see `docs/operate/ndjson.md`. */
export const ndjson: SourceFormat = {
  name: 'ndjson',
  description: 'Entraide NDJSON: one record per line (thread, post, acceptance, link, member or votes)',
  async *read(paths, progress) {
    const sizes = await Promise.all(paths.map(fileSize))
    progress.bytesTotal += sizes.reduce((sum, size) => sum + size, 0)
    for (const path of paths) yield* readFile(path, progress)
  },
}

async function* readFile(path: string, progress: ReadProgress): AsyncGenerator<readonly SourceItem[]> {
  // Loaded on first use, because it loads the schemas and their compiler, which other formats do not need.
  const { createRecordReader } = await import('./record.ts')
  const readRecord = createRecordReader()
  const input = await openInput(path, progress)
  let first = true
  try {
    for await (const lines of readLines(new ByteWindow(input))) {
      if (first) refuseOtherFormats(lines[0]!, path)
      first = false
      yield lines.map(({ number, text }): SourceItem => {
        const place = { file: path, line: number }
        const outcome = readRecord(text)
        return 'record' in outcome
          ? { outcome: 'record', record: outcome.record, place }
          : { outcome: 'rejected', ...outcome, place }
      })
    }
  } finally {
    await input.close()
  }
  if (first) throw sourceErrors.FILE_EMPTY({ file: path })
}

/** An HTML error page or a JSON array fails once, not line by line. */
function refuseOtherFormats({ number, text }: Line, file: string): void {
  const start = text.trimStart()[0]
  const reason =
    start === '<'
      ? 'it looks like HTML or XML'
      : start === '['
        ? 'it is a JSON array; expected one object per line'
        : undefined
  if (reason !== undefined) throw sourceErrors.FILE_FORMAT_UNEXPECTED({ file, line: number, reason })
}
