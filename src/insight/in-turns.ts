/** Runs work that is made in steps, letting others have their turn between them. */
export async function inTurns<T>(
  work: Generator<undefined, T>,
  yieldToEventLoop: () => Promise<void>,
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    signal?.throwIfAborted()
    await yieldToEventLoop()
  }
}
