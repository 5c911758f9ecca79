/** A line of a stream of bytes, without its end; one longer than the limit is told, not kept. */
export type ByteLine =
  | { readonly number: number; readonly bytes: Buffer }
  | { readonly number: number; readonly tooLong: true }

const NEWLINE = 0x0a

/** Splits a stream into lines in the memory of one line at most. A last line needs no end. */
export async function* splitLines(input: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<ByteLine> {
  let number = 1
  let parts: Buffer[] = []
  let size = 0

  function add(part: Buffer): void {
    size += part.length
    if (size <= limit) parts.push(part)
    else parts = []
  }

  function finish(): ByteLine {
    const line = size > limit ? { number, tooLong: true as const } : { number, bytes: Buffer.concat(parts) }
    number++
    parts = []
    size = 0
    return line
  }

  for await (const piece of input) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end))
      from = end + 1
      yield finish()
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (size > 0) yield finish()
}
