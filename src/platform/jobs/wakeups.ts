/**
 * Tells waiting workers that there may be work, so that they need not wait for their next poll. A lost wake-up
 * costs a poll interval and nothing else: the tables are the truth.
 */
export interface Wakeups {
  wake(): void
  /** Resolves at the next wake-up, after `timeoutMs`, or when `signal` aborts. */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>
}

/** Wake-ups within one process. */
export function createLocalWakeups(): Wakeups {
  const waiting = new Set<() => void>()
  return {
    wake() {
      for (const resolve of [...waiting]) resolve()
    },
    next(timeoutMs, signal) {
      return new Promise((resolve) => {
        const finish = () => {
          waiting.delete(finish)
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          resolve()
        }
        const timer = setTimeout(finish, timeoutMs)
        waiting.add(finish)
        signal.addEventListener('abort', finish, { once: true })
        if (signal.aborted) finish()
      })
    },
  }
}
