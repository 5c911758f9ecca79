import { hash, verify } from '@node-rs/argon2'
import { accessErrors } from '../errors.ts'

const LEAST = 12
const MOST = 1_000

/**
 * Argon2id, of which each guess takes 19 MiB and two passes (OWASP, Password Storage Cheat Sheet). Hashes are made on
 * threads of their own.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** The hash of a random text that nobody kept, of the same cost. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$7MH2JAbeeO2t06Vu575OSg$n/hZzSbAeXfMqxCprpNFe8Na0aIppS8ePDEXVZnDRmc'

/** Hashes passwords, and compares them with hashes in a time that does not tell whether there is one. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** @param hash undefined where there is no password: the answer is false, after as long */
  matches(hash: string | undefined, password: string): Promise<boolean>
}

export const passwords: Passwords = {
  hash: (password) => hash(normalised(password), COST),
  async matches(stored, password) {
    const isSame = await verify(stored ?? NOBODYS, normalised(password))
    return isSame && stored !== undefined
  },
}

/** One keyboard composes é of two characters, another has it as one. */
function normalised(password: string): string {
  return password.normalize('NFC')
}

/**
 * @param own what a password of this person must not be: name, e-mail address
 * @throws CodedError PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_TOO_OBVIOUS
 */
export function checkPassword(password: string, own: readonly (string | undefined)[]): void {
  const { length } = [...normalised(password)]
  if (length > MOST) throw accessErrors.PASSWORD_TOO_LONG({ most: MOST })
  if (length < LEAST) throw accessErrors.PASSWORD_TOO_SHORT({ least: LEAST })
  const plain = (text: string) => normalised(text).toLowerCase().replaceAll(/\s/g, '')
  if (own.some((text) => text !== undefined && plain(text) === plain(password)))
    throw accessErrors.PASSWORD_TOO_OBVIOUS()
}
