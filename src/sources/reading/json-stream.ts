import { Tokenizer, TokenizerError, TokenParser, TokenParserError, TokenType } from '@streamparser/json'
import { CodedError } from '../../platform/errors.ts'
import { sourceErrors } from '../errors.ts'
import { type ByteWindow, LONGEST_ITEM } from './byte-window.ts'
import { DEEPEST, type JsonBlock, type JsonDocument, type JsonReading } from './json-fields.ts'

/**
 * The documents of a file whose window was started, separated by white space only, and the elements of its arrays as they
 * end. Complete documents are yielded before a fault is thrown.
 *
 * @throws JSON_MALFORMED, JSON_TOO_DEEP, FILE_ENCODING_INVALID, FILE_VALUE_TOO_LONG, FILE_EMPTY
 */
export async function* readJsonStream(window: ByteWindow, reading: JsonReading): AsyncGenerator<JsonBlock> {
  const parser = createParser(window, reading)
  for (;;) {
    let fault: unknown
    try {
      parser.readWindow()
    } catch (error) {
      fault = error
    }
    const documents = parser.take()
    if (documents.length > 0) yield documents
    if (fault !== undefined) throw fault
    if (window.ended) return
    await window.refill()
  }
}

/** Positions (`at`) count bytes from the first one that the tokenizer received. */
function createParser(window: ByteWindow, { arrays }: JsonReading) {
  const { file } = window
  const tokenizer = new Tokenizer({ stringBufferSize: 65_536, separator: '' })
  const tokens = new TokenParser({
    paths: ['$', '$.*', ...arrays.map((name) => `$.${name}.*`)],
    keepStack: true,
    separator: '',
  })
  /** The open brackets. */
  const opened: { readonly line: number; readonly at: number }[] = []
  let documents: JsonDocument[] = []
  let isEmpty = true
  let last = 0
  /** Position of the first byte of the window. */
  let base = 0
  /** Bytes of envelopes in memory, not counting those since `released`, where the last element or document ended. */
  let held = 0
  let released = 0

  tokenizer.onToken = (token) => {
    last = token.offset
    isEmpty = false
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) {
      if (opened.length === DEEPEST) throw sourceErrors.JSON_TOO_DEEP({ ...placeOf(last), limit: DEEPEST })
      opened.push({ line: placeOf(last).line, at: last })
    } else if (opened.length === 0) throw malformed(last, 'a document must be an object or an array')
    tokens.write(token)
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) opened.pop()
  }

  tokens.onValue = ({ value, key, parent, stack }) => {
    const isContainer = typeof value === 'object' && value !== null
    const start = isContainer ? opened.at(-1)! : { line: placeOf(last).line, at: last }
    const place = { file, line: start.line }
    if (stack.length === 0) {
      if (!Array.isArray(value)) documents.push({ value, place })
      held = 0
    } else if (Array.isArray(parent)) {
      const path = stack.slice(1).map((each) => each.key)
      documents.push({ value, ...(path.length > 0 && { member: path.join('.') }), place })
      // The parser counts elements by itself, so the array need not hold them.
      parent.length = 0
      if (key === 0) held += start.at - released
    } else return
    released = last
  }

  return {
    /** Parses the content of the window; at the end of the file, finishes. */
    readWindow(): void {
      const { from, to, ended } = window
      const end = ended ? to : to - cutCharacter(window.bytes.subarray(from, to))
      const fault = encodingFault(from, end)
      const valid = fault === undefined ? end : from + byteOf(fault) - window.placeOf(from).byte
      try {
        parse(() => tokenizer.write(window.bytes.subarray(from, valid)))
      } catch (malformation) {
        // The first bytes of a truncated character count as valid. The encoding fault is reported, not its effect.
        const isEffect = malformation instanceof CodedError && fault !== undefined
        if (!isEffect || byteOf(malformation) < byteOf(fault) - LONGEST_CHARACTER) throw malformation
      }
      if (fault !== undefined) throw fault
      window.from = end
      base += end - from
      if (ended) finish()
      else if (held + base - released > LONGEST_ITEM) {
        const line = opened.at(-1)?.line ?? 1
        throw sourceErrors.FILE_VALUE_TOO_LONG({ file, line, what: 'a document', limit: LONGEST_ITEM })
      }
    },

    take(): JsonDocument[] {
      const taken = documents
      documents = []
      return taken
    },
  }

  function finish(): void {
    parse(() => tokenizer.end())
    if (isEmpty) throw sourceErrors.FILE_EMPTY({ file })
    if (opened.length > 0) throw malformed(base, 'it is truncated')
  }

  /** Replaces the parser's messages, which quote the content, by ones that only state the position. */
  function parse(step: () => void): void {
    try {
      step()
    } catch (fault) {
      if (fault instanceof TokenizerError) {
        const position = /absolute position "(\d+)"/.exec(fault.message)?.[1]
        if (position === undefined) throw malformed(base, 'it is truncated')
        throw malformed(Number(position), 'an unexpected character')
      }
      if (fault instanceof TokenParserError) throw malformed(last, 'an unexpected value or sign')
      throw fault
    }
  }

  function malformed(at: number, reason: string): CodedError {
    return sourceErrors.JSON_MALFORMED({ ...placeOf(at), reason })
  }

  /** A position before the window is reported as its first byte. */
  function placeOf(at: number) {
    return window.placeOf(Math.max(window.from, window.from + at - base))
  }

  function encodingFault(from: number, end: number): CodedError | undefined {
    try {
      window.requireUtf8(from, end)
      return undefined
    } catch (fault) {
      if (fault instanceof CodedError) return fault
      throw fault
    }
  }
}

/** Maximal number of bytes of a character in UTF-8. */
const LONGEST_CHARACTER = 4

function byteOf({ details }: CodedError): number {
  return details.byte as number
}

/** How many bytes at the end of `bytes` belong to a character that continues after it. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}
