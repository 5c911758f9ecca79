import type { DestinationStream } from 'pino'

/** How long a line may wait for others, and how much may wait. */
const GATHER_MS = 200
const GATHER_CHARACTERS = 16_384
/** From warnings on (pino's numbers), lines go out at once. */
const URGENT = 40

/**
 * Writes lines together, for a system call a line costs as much as answering a small request. Warnings, errors and all
 * that waits before them go out at once, and what waits goes out when the process ends; killed with `kill -9`, it loses
 * what it logged in the last fifth of a second.
 */
export function createGatheringStream(out: { write(text: string): unknown }): DestinationStream {
  let waiting = ''
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    process.removeListener('exit', flush)
    const lines = waiting
    waiting = ''
    if (lines !== '') out.write(lines)
  }

  const stream = {
    // pino tells the level of each line to a stream that says so.
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      waiting += line
      if (stream.lastLevel >= URGENT || waiting.length >= GATHER_CHARACTERS) return flush()
      if (timer !== undefined) return
      timer = setTimeout(flush, GATHER_MS).unref()
      process.once('exit', flush)
    },
  }
  return stream
}
