/** The result of a scan whose input ends too early. */
export const INCOMPLETE = -1

/** A fault of the markup at `bytes[at]`. */
export class XmlFault {
  readonly at: number
  readonly reason: string
  constructor(at: number, reason: string) {
    this.at = at
    this.reason = reason
  }
}

const [TAB, LINE_FEED, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20]
const [QUOTE, APOSTROPHE, AMPERSAND, LESS] = [0x22, 0x27, 0x26, 0x3c]

/** 1 where a byte of a value cannot simply be copied. */
const special = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < SPACE || byte >= 0x80 || [QUOTE, APOSTROPHE, AMPERSAND, LESS].includes(byte) ? 1 : 0,
)

/**
 * Decodes attribute values in one pass over their bytes, into a reused buffer. Only the five predefined entities and
 * character references exist; literal line ends and tabs become spaces, as XML requires. A reference to a character that
 * XML forbids (`&#x0;`, found in real dumps) is read as U+FFFD, so that it does not end the import.
 */
export class ValueDecoder {
  #out = Buffer.allocUnsafe(64 * 1024)
  #length = 0
  /** Whether the bytes of the last value were ASCII; otherwise they must still be checked as UTF-8. */
  ascii = true

  /**
   * @param start index after the opening quote, which determines the closing one
   * @returns index of the closing quote, or {@link INCOMPLETE}
   * @throws XmlFault for "<", a control character or an unknown reference
   */
  scan(bytes: Buffer, start: number, to: number): number {
    if (this.#out.length < to - start) this.#out = Buffer.allocUnsafe(to - start)
    const out = this.#out
    const quote = bytes[start - 1]
    let high = 0
    let length = 0
    let i = start
    while (i < to) {
      const byte = bytes[i]!
      if (special[byte] === 0) {
        out[length++] = byte
        i += 1
      } else if (byte === AMPERSAND) {
        const reference = referenceAt(bytes, i, to)
        if (reference === INCOMPLETE) return INCOMPLETE
        const code = reference >>> LENGTH_BITS
        if (code < 0x80) out[length++] = code
        else {
          high = 0x80
          length += out.write(String.fromCodePoint(code), length)
        }
        i += reference & LENGTH_MASK
      } else if (byte === quote) {
        this.#length = length
        this.ascii = high < 0x80
        return i
      } else if (byte >= SPACE && byte !== LESS) {
        high |= byte
        out[length++] = byte
        i += 1
      } else if (byte === TAB || byte === LINE_FEED || byte === RETURN) {
        const pair = byte === RETURN && bytes[i + 1] === LINE_FEED && i + 1 < to
        out[length++] = SPACE
        i += pair ? 2 : 1
      } else {
        throw new XmlFault(i, `${byte === LESS ? '"<"' : 'a control character'} inside a value`)
      }
    }
    return INCOMPLETE
  }

  /** The value scanned last. */
  text(): string {
    return this.#out.toString(this.ascii ? 'latin1' : 'utf8', 0, this.#length)
  }
}

const SEMICOLON = 0x3b
const LENGTH_BITS = 4
const LENGTH_MASK = 15
const REPLACEMENT = 0xfffd
const predefined: readonly (readonly [name: string, code: number])[] = [
  ['&lt;', 0x3c],
  ['&gt;', 0x3e],
  ['&quot;', 0x22],
  ['&amp;', 0x26],
  ['&apos;', 0x27],
]
const named = predefined.map(([name, code]) => ({ bytes: Buffer.from(name), code }))

/** The reference at `bytes[at]` as its code point and length, packed so that nothing is allocated. */
function referenceAt(bytes: Buffer, at: number, to: number): number {
  if (at + 1 >= to) return INCOMPLETE
  if (bytes[at + 1] === 0x23) return characterAt(bytes, at, to)
  for (const { bytes: name, code } of named) {
    let i = 1
    while (i < name.length && at + i < to && bytes[at + i] === name[i]) i += 1
    if (i === name.length) return (code << LENGTH_BITS) | i
    if (at + i >= to) return INCOMPLETE
  }
  throw new XmlFault(at, '"&" does not begin a known reference')
}

function characterAt(bytes: Buffer, at: number, to: number): number {
  const hexadecimal = bytes[at + 2] === 0x78
  const first = at + (hexadecimal ? 3 : 2)
  let code = 0
  for (let i = first; i < to && i - at < LENGTH_MASK; i += 1) {
    const byte = bytes[i]!
    if (byte === SEMICOLON && i > first && code <= 0x10ffff) {
      return ((isXmlCharacter(code) ? code : REPLACEMENT) << LENGTH_BITS) | (i + 1 - at)
    }
    const digit = hexadecimal ? hexDigit(byte) : byte - 0x30
    if (digit < 0 || digit > (hexadecimal ? 15 : 9)) throw new XmlFault(at, 'not a character reference')
    code = code * (hexadecimal ? 16 : 10) + digit
  }
  if (to - at < LENGTH_MASK) return INCOMPLETE
  throw new XmlFault(at, 'not a character reference')
}

function hexDigit(byte: number): number {
  if (byte <= 0x39) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter >= 0 && letter < 6 ? letter + 10 : INCOMPLETE
}

/** XML 1.0, production 2. */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === TAB || code === LINE_FEED || code === RETURN
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}
