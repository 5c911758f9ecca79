import { isUtf8 } from 'node:buffer'
import { sourceErrors } from '../errors.ts'
import type { InputFile } from './input-file.ts'

/** The longest single thing (a line, a tag with its attributes) that a source may hold. */
export const LONGEST_ITEM = 16 * 1024 * 1024
const BLOCK = 256 * 1024
const NEWLINE = 0x0a

/**
 * A window that slides over a file: `bytes[from, to)` was read and not consumed yet. The reader advances `from`, and calls
 * `refill` when the rest holds no complete item. Memory is one block, or the longest item so far.
 */
export class ByteWindow {
  readonly file: string
  bytes: Buffer = Buffer.allocUnsafe(BLOCK)
  from = 0
  to = 0
  ended = false
  readonly #input: InputFile
  /** Position in the file of `bytes[0]`. */
  #offset = 0
  #line = 1
  #lineStart = 0
  /** Newlines before this position in the file are counted in `#line`. */
  #counted = 0

  constructor(input: InputFile) {
    this.#input = input
    this.file = input.name
  }

  /**
   * Reads the file's first block and skips a byte order mark.
   *
   * @throws FILE_EMPTY; FILE_ENCODING_INVALID for UTF-16 and UTF-32; FILE_FORMAT_UNEXPECTED for archives
   */
  async start(): Promise<void> {
    await this.refill()
    while (!this.ended && this.to < 4) await this.refill()
    if (this.to === 0) throw sourceErrors.FILE_EMPTY({ file: this.file })
    this.from = refuseOtherEncodings(this.bytes.subarray(0, this.to), this.file)
  }

  /**
   * Reads the next block and keeps what is not consumed; sets `ended` at the end of the file.
   *
   * @param what names the item that is being read, for the error
   * @throws FILE_VALUE_TOO_LONG when a single item exceeds {@link LONGEST_ITEM}
   */
  async refill(what = 'a line'): Promise<void> {
    this.lineAt(this.from)
    const kept = this.to - this.from
    if (kept >= LONGEST_ITEM) {
      const line = this.lineAt(this.from)
      throw sourceErrors.FILE_VALUE_TOO_LONG({ file: this.file, line, what, limit: LONGEST_ITEM })
    }
    const target = kept > this.bytes.length / 2 ? Buffer.allocUnsafe(this.bytes.length * 2) : this.bytes
    this.bytes.copy(target, 0, this.from, this.to)
    this.bytes = target
    this.#offset += this.from
    this.from = 0
    const read = await this.#input.read(target, kept)
    this.to = kept + read
    this.ended = read === 0
  }

  /** The line (from 1) of `bytes[at]`; `at` must not be before that of an earlier call. */
  lineAt(at: number): number {
    const limit = this.#offset + at
    while (this.#counted < limit) {
      const found = this.bytes.subarray(0, at).indexOf(NEWLINE, this.#counted - this.#offset)
      if (found < 0) this.#counted = limit
      else {
        this.#line += 1
        this.#counted = this.#lineStart = this.#offset + found + 1
      }
    }
    return this.#line
  }

  /** The position of `bytes[at]`, for an error; `column` counts bytes from 1. */
  placeOf(at: number): { file: string; line: number; column: number; byte: number } {
    const line = this.lineAt(at)
    const byte = this.#offset + at
    return { file: this.file, line, column: byte - this.#lineStart + 1, byte }
  }

  /** @throws FILE_ENCODING_INVALID with the place of the first byte of `bytes[start, end)` that is not UTF-8 */
  requireUtf8(start: number, end: number): void {
    const part = this.bytes.subarray(start, end)
    if (isUtf8(part)) return
    const place = this.placeOf(start + firstInvalidByte(part))
    throw sourceErrors.FILE_ENCODING_INVALID({ ...place, reason: `invalid byte at column ${place.column}` })
  }
}

function firstInvalidByte(bytes: Buffer): number {
  const holds = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1
    if (holds(middle)) valid = middle
    else invalid = middle
  }
  return Math.min(valid, bytes.length)
}

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
 * Rejects a file whose first bytes show that it is not UTF-8 text.
 *
 * @returns the length of its UTF-8 byte order mark, or 0
 * @throws FILE_FORMAT_UNEXPECTED for an archive, FILE_ENCODING_INVALID for UTF-16 and UTF-32 with or without a mark
 */
export function refuseOtherEncodings(head: Buffer, file: string): number {
  const begins = (magic: readonly number[]) => magic.every((byte, i) => head[i] === byte)
  const archive = archives.find(({ magic }) => begins(magic))
  if (archive)
    throw sourceErrors.FILE_FORMAT_UNEXPECTED({ file, reason: `it is ${archive.name}; unpack it first` })
  const wide = wideMarks.find(({ magic }) => begins(magic))
  if (wide) throw sourceErrors.FILE_ENCODING_INVALID({ file, line: 1, byte: 0, reason: `it is ${wide.name}` })
  if (head.subarray(0, 4).includes(0)) {
    throw sourceErrors.FILE_ENCODING_INVALID({
      file,
      line: 1,
      byte: 0,
      reason: 'it looks like UTF-16 or binary data',
    })
  }
  return begins(utf8Mark) ? utf8Mark.length : 0
}
