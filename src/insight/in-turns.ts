/** Runs a generator to its end, yielding to the event loop between its steps. */
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
