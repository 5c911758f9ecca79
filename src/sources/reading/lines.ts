import type { ByteWindow } from './byte-window.ts'

export interface Line {
  readonly number: number
  readonly text: string
}

const NEWLINE = 0x0a

/**
 * The lines of a UTF-8 file, one read block at a time, without line ends; blank lines are skipped.
 *
 * @throws after the last good line was yielded: FILE_EMPTY, FILE_ENCODING_INVALID, FILE_FORMAT_UNEXPECTED, FILE_VALUE_TOO_LONG
 */
export async function* readLines(window: ByteWindow): AsyncGenerator<readonly Line[]> {
  await window.start()
  yield* readStartedLines(window)
}

/** {@link readLines} of a window that the caller has started, to check the first block. */
export async function* readStartedLines(window: ByteWindow): AsyncGenerator<readonly Line[]> {
  while (!window.ended || window.from < window.to) {
    const lines: Line[] = []
    try {
      takeLines(window, lines)
    } catch (fault) {
      if (lines.length > 0) yield lines
      throw fault
    }
    if (lines.length > 0) yield lines
    if (!window.ended) await window.refill()
  }
}

/** Consumes the complete lines of the window; at the end of the file the rest is the last line. */
function takeLines(window: ByteWindow, lines: Line[]): void {
  const { bytes, to } = window
  const filled = bytes.subarray(0, to)
  while (window.from < to) {
    const newline = filled.indexOf(NEWLINE, window.from)
    if (newline < 0 && !window.ended) return
    const end = newline < 0 ? to : newline
    window.requireUtf8(window.from, end)
    const text = bytes.toString('utf8', window.from, end).trimEnd()
    if (text !== '') lines.push({ number: window.lineAt(window.from), text })
    window.from = newline < 0 ? to : newline + 1
  }
}
