/** Of a form's fields those that differ from what is stored: what others changed meanwhile is not written over. */
export function changedFields<T extends object>(stored: Partial<T>, fields: T): Partial<T> {
  const changed = Object.entries(fields).filter(
    ([name, value]) => value !== (stored as Partial<Record<string, unknown>>)[name],
  )
  return Object.fromEntries(changed) as Partial<T>
}
