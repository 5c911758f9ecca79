import { sourceErrors } from './errors.ts'

const archives = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'a zip archive' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7z archive' },
  { magic: [0x1f, 0x8b], name: 'a gzip archive' },
  { magic: [0x42, 0x5a, 0x68], name: 'a bzip2 archive' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'a zstd archive' },
]
const wideMarks = [
  { magic: [0x00, 0x00, 0xfe, 0xff], name: 'UTF-32' },
  { magic: [0xff, 0xfe, 0x00, 0x00], name: 'UTF-32' },
  { magic: [0xff, 0xfe], name: 'UTF-16' },
  { magic: [0xfe, 0xff], name: 'UTF-16' },
]
const utf8Mark = [0xef, 0xbb, 0xbf]

/**
 * Tells by a file's first bytes that it is no UTF-8 text at all.
 *
 * @returns the length of its UTF-8 byte order mark, or 0
 * @throws SOURCE_UNEXPECTED for an archive, SOURCE_ENCODING for UTF-16 and UTF-32 with or without a mark
 */
export function refuseForeignBytes(head: Buffer, file: string): number {
  const begins = (magic: readonly number[]) => magic.every((byte, i) => head[i] === byte)
  const archive = archives.find(({ magic }) => begins(magic))
  if (archive)
    throw sourceErrors.SOURCE_UNEXPECTED({ file, reason: `it is ${archive.name}; unpack it first` })
  const wide = wideMarks.find(({ magic }) => begins(magic))
  if (wide) throw sourceErrors.SOURCE_ENCODING({ file, line: 1, byte: 0, reason: `it is ${wide.name}` })
  if (head.subarray(0, 4).includes(0)) {
    throw sourceErrors.SOURCE_ENCODING({
      file,
      line: 1,
      byte: 0,
      reason: 'it begins like UTF-16 or binary data',
    })
  }
  return begins(utf8Mark) ? utf8Mark.length : 0
}
