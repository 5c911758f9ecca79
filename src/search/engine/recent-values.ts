/** Values used lately, up to a weight of all together. */
export interface RecentValues<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value, weight: number): void
  delete(key: string): void
  clear(): void
}

/**
 * Two generations: what was used since the last change of generations is kept, what was not is forgotten at the next.
 * Cheaper than an order of all values, and as good where few of very many are asked for again.
 *
 * @param mostWeight of all values, in the unit of `set`
 */
export function createRecentValues<Value>(mostWeight: number): RecentValues<Value> {
  let young = new Map<string, { readonly value: Value; readonly weight: number }>()
  let old = young
  let weight = 0

  function add(key: string, entry: { readonly value: Value; readonly weight: number }): void {
    if (weight + entry.weight > mostWeight / 2) {
      old = young
      young = new Map()
      weight = 0
    }
    young.set(key, entry)
    weight += entry.weight
  }

  function forget(key: string): void {
    weight -= young.get(key)?.weight ?? 0
    young.delete(key)
    old.delete(key)
  }

  return {
    get(key) {
      const found = young.get(key)
      if (found !== undefined) return found.value
      const older = old.get(key)
      if (older === undefined) return undefined
      old.delete(key)
      add(key, older)
      return older.value
    },
    set(key, value, valueWeight) {
      if (valueWeight > mostWeight / 2) return
      forget(key)
      add(key, { value, weight: valueWeight })
    },
    delete: forget,
    clear() {
      young = new Map()
      old = young
      weight = 0
    },
  }
}
