/** JSON as UTF-8, two spaces of indent and a newline at the end. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}

/** Throws what the platform throws on bytes that are not UTF-8 or not JSON. */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

/**
 * Bytes in a buffer of their own, aligned for typed arrays. `slice` would not do: a Node `Buffer` (what files and
 * databases give) answers it with a view of a larger one.
 */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
