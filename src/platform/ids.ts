import { createHash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id such as `ann_01jd…`: time first, so that ids sort by creation and index pages fill in order. */
export function newId(prefix: string, now: Date): string {
  let time = now.getTime()
  let head = ''
  for (let i = 0; i < 9; i++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  return `${prefix}_${head}${base32(randomBytes(10))}`
}

/**
 * The id that these parts always have (80 bits of SHA-256). Lets an import say which thread an answer belongs to
 * before that thread has come, and makes two imports of one export end in the same rows.
 */
export function stableId(prefix: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return `${prefix}_${base32(hash.digest().subarray(0, 10))}`
}

/** A number in [0, 1) that these parts always have: for shares drawn by hash (hold-out, audit slice). */
export function stableFraction(...parts: readonly string[]): number {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest().readUIntBE(0, 6) / 2 ** 48
}

function base32(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 5) {
    let chunk = 0n
    for (let j = 0; j < 5; j++) chunk = (chunk << 8n) | BigInt(bytes[i + j] ?? 0)
    for (let shift = 35n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((chunk >> shift) & 31n)]
  }
  return text
}
