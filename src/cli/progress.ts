import { SingleBar } from 'cli-progress'

interface Progress {
  readonly bytesRead: number
  /** 0 where nobody knows: a community read by API. */
  readonly bytesTotal: number
  /** Posts committed so far. */
  readonly posts: number
}

interface ProgressDisplay {
  update(progress: Progress): void
  stop(): void
}

/**
 * How far an import has come: a bar on a terminal; with `lines`, a line a committed batch wherever stderr goes;
 * nothing otherwise. What it shows as imported is committed.
 */
export function showProgress(lines: boolean): ProgressDisplay {
  if (lines) return progressLines()
  return process.stderr.isTTY ? progressBar() : { update: () => undefined, stop: () => undefined }
}

function progressLines(): ProgressDisplay {
  const started = performance.now()
  return {
    update({ posts, bytesRead, bytesTotal }) {
      const rate = Math.round((posts * 1000) / Math.max(1, performance.now() - started))
      const part = bytesTotal === 0 ? '' : `${share(bytesRead, bytesTotal)} %, `
      process.stderr.write(`imported ${posts} posts (${part}${rate} posts/s)\n`)
    },
    stop: () => undefined,
  }
}

function progressBar(): ProgressDisplay {
  const started = performance.now()
  const bar = new SingleBar({
    format: '{bar} {percentage} % · {posts} posts · {rate} posts/s · {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    etaBuffer: 50,
  })
  bar.start(1, 0, { posts: 0, rate: 0 })
  return {
    update({ posts, bytesRead, bytesTotal }) {
      const rate = Math.round((posts * 1000) / Math.max(1, performance.now() - started))
      bar.setTotal(Math.max(1, bytesTotal, bytesRead))
      bar.update(bytesRead, { posts, rate })
    },
    stop: () => bar.stop(),
  }
}

function share(read: number, total: number): number {
  return Math.min(100, Math.floor((read * 100) / total))
}
