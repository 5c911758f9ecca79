import { CodedError } from '../../src/platform/errors.ts'
import type {
  FormatOptions,
  ReadProgress,
  SourceFormat,
  SourceItem,
  SourceRecord,
} from '../../src/sources/record.ts'

export interface Reading {
  readonly items: SourceItem[]
  readonly progress: ReadProgress & { readonly notes: string[] }
  /** The coded error that ended the stream. */
  readonly fault?: CodedError
}

/** Reads to the end or to a coded error; anything else that is thrown fails the test. */
export function readAll(format: SourceFormat, ...paths: string[]): Promise<Reading> {
  return readAllWith({}, format, ...paths)
}

/** {@link readAll} with the format's options. */
export async function readAllWith(
  options: FormatOptions,
  format: SourceFormat,
  ...paths: string[]
): Promise<Reading> {
  const items: SourceItem[] = []
  const progress = { bytesRead: 0, bytesTotal: 0, notes: [] }
  try {
    for await (const batch of format.read(paths, progress, options)) items.push(...batch)
  } catch (fault) {
    if (!(fault instanceof CodedError)) throw fault
    return { items, progress, fault }
  }
  return { items, progress }
}

export function recordsOf({ items }: Pick<Reading, 'items'>): SourceRecord[] {
  return items.flatMap((item) => (item.outcome === 'record' ? [item.record] : []))
}

export function rejectionsOf({ items }: Pick<Reading, 'items'>) {
  return items.flatMap((item) => (item.outcome === 'rejected' ? [item] : []))
}
