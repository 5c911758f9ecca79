/** Names as small numbers, so that a column of them is a typed array and a filter an array look-up. */
export interface Names {
  /** The name's number, a new one when it was never seen. */
  codeOf(name: string): number
  find(name: string): number | undefined
  all(): readonly string[]
}

export function createNames(initial: readonly string[] = []): Names {
  const names = [...initial]
  const codes = new Map(names.map((name, code) => [name, code]))
  return {
    codeOf(name) {
      const known = codes.get(name)
      if (known !== undefined) return known
      codes.set(name, names.length)
      return names.push(name) - 1
    },
    find: (name) => codes.get(name),
    all: () => names,
  }
}
