import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { newId } from '../platform/ids.ts'

/** 192 bits. */
const SECRET_BYTES = 24

/** One kind of secret that names its row: `<word>_<id part>_<secret>`. Of the secret the database has the hash only. */
export interface TokenKind {
  /** A new id and a token that names it. */
  create(now: Date): { readonly id: string; readonly token: string }
  /** The id that a token names; undefined when it is no token of this kind. */
  idOf(token: string): string | undefined
}

/**
 * @param word with which its tokens begin
 * @param prefix with which the ids of its rows begin
 */
export function tokenKind(word: string, prefix: string): TokenKind {
  const pattern = new RegExp(`^${word}_([0-9a-z]{25})_[0-9a-f]{48}$`)
  return {
    create(now) {
      const id = newId(prefix, now)
      const secret = randomBytes(SECRET_BYTES).toString('hex')
      return { id, token: `${word}_${id.slice(prefix.length + 1)}_${secret}` }
    },
    idOf(token) {
      const part = pattern.exec(token)?.[1]
      return part === undefined ? undefined : `${prefix}_${part}`
    },
  }
}

/** What is stored of a token. A plain SHA-256 will do: nobody guesses 192 random bits, however fast the hash. */
export function hashToken(token: string): string {
  return hash('sha256', token)
}

/** Compares in a time that does not tell where the hashes differ. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
