import { Parser } from 'htmlparser2'
import { sourceErrors } from '../../sources/errors.ts'
import { LONGEST_ITEM } from '../../sources/reading/byte-window.ts'
import { openInput } from '../../sources/reading/input-file.ts'
import { cleanText } from '../../sources/reading/values.ts'
import type { Place } from '../../sources/record.ts'

/** An `<item>` of an export of WordPress. */
export interface WordPressItem {
  readonly place: Place
  /** Texts of its elements, by their names. */
  readonly fields: ReadonlyMap<string, string>
  readonly categories: readonly {
    readonly domain: string
    readonly nicename?: string
    readonly name: string
  }[]
  /** What plugins keep with it, by key. */
  readonly meta: ReadonlyMap<string, string>
  readonly siteLanguage?: string
}

const BLOCK = 256 * 1024
const DEEPEST = 32

/**
 * The items of an export of WordPress, in constant memory.
 *
 * @throws CodedError FILE_NOT_FOUND, FILE_UNREADABLE, FILE_ENCODING_INVALID, FILE_FORMAT_UNEXPECTED, FILE_VALUE_TOO_LONG,
 *   XML_DOCTYPE_REFUSED
 */
export async function* readItems(path: string): AsyncGenerator<WordPressItem> {
  const input = await openInput(path, { bytesRead: 0, bytesTotal: 0 })
  const reader = createReader(path)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const block = Buffer.allocUnsafe(BLOCK)
  try {
    for (;;) {
      const read = await input.read(block, 0)
      reader.write(decode(() => decoder.decode(block.subarray(0, read), { stream: read > 0 })))
      if (read === 0) reader.end()
      yield* reader.take()
      if (read === 0) return
    }
  } finally {
    await input.close()
  }

  function decode(work: () => string): string {
    try {
      return work()
    } catch (cause) {
      throw sourceErrors.FILE_ENCODING_INVALID(
        { file: path, line: reader.line(), reason: 'an export of WordPress must be' },
        { cause },
      )
    }
  }
}

interface OpenItem {
  readonly place: Place
  readonly fields: Map<string, string>
  readonly categories: { domain: string; nicename?: string; name: string }[]
  readonly meta: Map<string, string>
}

function createReader(file: string) {
  const opened: string[] = []
  let items: WordPressItem[] = []
  let item: OpenItem | undefined
  let siteLanguage: string | undefined
  let text = ''
  let metaKey = ''
  let chunk = ''
  let chunkStart = 0
  let linesBefore = 1
  let attributes: Readonly<Record<string, string>> = {}

  const parser = new Parser(
    {
      onopentag(name, itsAttributes) {
        if (opened.length === 0 && name !== 'rss') throw unexpected('it is not RSS')
        if (opened.length === DEEPEST) throw unexpected(`elements are nested deeper than ${DEEPEST}`)
        opened.push(name)
        text = ''
        attributes = itsAttributes
        if (name === 'item')
          item = { place: { file, line: lineNow() }, fields: new Map(), categories: [], meta: new Map() }
      },
      ontext(part) {
        text += part
        if (text.length > LONGEST_ITEM) throw tooLong('a text')
      },
      onclosetag(name) {
        opened.pop()
        if (item === undefined) {
          if (name === 'language') siteLanguage = text.trim()
        } else if (name === 'item') {
          items.push({ ...item, siteLanguage })
          item = undefined
        } else close(item, name)
        text = ''
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase() === '!doctype')
          throw sourceErrors.XML_DOCTYPE_REFUSED({ file, line: lineNow() })
      },
    },
    { xmlMode: true, decodeEntities: true },
  )

  function close(into: OpenItem, name: string): void {
    const value = cleanText(text)
    if (name === 'category')
      into.categories.push({
        domain: attributes.domain ?? '',
        nicename: attributes.nicename && cleanText(attributes.nicename),
        name: value.trim(),
      })
    else if (name === 'wp:meta_key') metaKey = value
    else if (name === 'wp:meta_value') into.meta.set(metaKey, value)
    else if (opened.at(-1) === 'item') into.fields.set(name, value)
  }

  function lineNow(): number {
    const upTo = Math.max(0, parser.startIndex - chunkStart)
    return linesBefore + newlines(chunk.slice(0, upTo))
  }

  const unexpected = (reason: string) =>
    sourceErrors.FILE_FORMAT_UNEXPECTED({ file, line: lineNow(), reason })
  const tooLong = (what: string) =>
    sourceErrors.FILE_VALUE_TOO_LONG({ file, line: lineNow(), what, limit: LONGEST_ITEM })

  return {
    line: lineNow,

    write(next: string): void {
      linesBefore += newlines(chunk)
      chunkStart += chunk.length
      chunk = next
      parser.write(next)
      // What the parser holds back, such as a tag or a CDATA section that does not end.
      if (chunkStart + chunk.length - parser.endIndex > LONGEST_ITEM) throw tooLong('a tag or section')
    },

    /** @throws CodedError FILE_FORMAT_UNEXPECTED where the export does not end as it should */
    end(): void {
      const isWhole = opened.length === 0
      if (!isWhole || chunkStart + chunk.length === 0)
        throw unexpected(isWhole ? 'it is empty' : 'it ends in the middle')
      parser.end()
    },

    take(): WordPressItem[] {
      const taken = items
      items = []
      return taken
    },
  }
}

function newlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
