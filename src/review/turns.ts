/** Lets those who want the same thing have it one after another; others do not wait for them. */
export interface Turns {
  take<T>(what: string, work: () => Promise<T>): Promise<T>
}

/** Turns within this process. Other processes know nothing of them. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(what, work) {
      const turn = (last.get(what) ?? Promise.resolve()).then(work)
      const ended = turn.then(
        () => undefined,
        () => undefined,
      )
      last.set(what, ended)
      ended.then(() => last.get(what) === ended && last.delete(what))
      return turn
    },
  }
}
