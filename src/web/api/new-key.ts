/** A key that no other has and that sorts by time; `crypto.randomUUID` needs HTTPS. */
export function newKey(): string {
  const random = crypto.getRandomValues(new Uint32Array(3))
  const time = Date.now().toString(36).padStart(9, '0')
  return `${time}-${[...random].map((each) => each.toString(36)).join('')}`
}
