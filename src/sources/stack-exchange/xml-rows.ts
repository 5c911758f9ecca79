import { CodedError } from '../../platform/errors.ts'
import { sourceErrors } from '../errors.ts'
import type { ByteWindow } from '../reading/byte-window.ts'
import { AttributeScanner, findControl, scanName, skipSpace } from './xml-tag.ts'
import { INCOMPLETE, XmlFault } from './xml-value.ts'

/** A row of a table dump: `<row Id="1" … />`, on the line (from 1) where it begins. */
interface XmlRow<Field extends string> {
  readonly line: number
  readonly values: { readonly [Name in Field]?: string }
}

const LESS = 0x3c
const ROW = 'row'
const xmlDeclaration =
  /^xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])([\w.-]+)\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*$/

/**
 * Reads `<root><row …/><row …/></root>` as a stream of batches. It is a strict reader of this subset of XML: no DOCTYPE,
 * and therefore no entities and nothing external; no text, no CDATA, nothing inside a row.
 *
 * @param fields the attributes to decode; others are checked and dropped
 * @throws after the last good row was yielded: XML_MALFORMED, XML_DOCTYPE_REFUSED, FILE_FORMAT_UNEXPECTED,
 *   FILE_ENCODING_INVALID, FILE_EMPTY, FILE_VALUE_TOO_LONG
 */
export async function* readXmlRows<Field extends string>(
  window: ByteWindow,
  root: string,
  fields: readonly Field[],
): AsyncGenerator<readonly XmlRow<Field>[]> {
  await window.start()
  const scanner = createRowScanner(window, root, fields)
  for (;;) {
    const { rows, fault } = scanner.scan()
    if (rows.length > 0) yield rows
    if (fault) throw fault
    if (window.ended) return scanner.finish()
    await window.refill('a tag')
  }
}

type State = 'before' | 'in root' | 'in row' | 'after'

function createRowScanner<Field extends string>(window: ByteWindow, root: string, fields: readonly Field[]) {
  const attributes = new AttributeScanner(new Set(fields))
  const first = window.from
  let state: State = 'before'
  let fresh = true

  /** Consumes the complete markup in the window; rows before a fault are returned with it. */
  function scan(): { rows: XmlRow<Field>[]; fault?: CodedError } {
    const rows: XmlRow<Field>[] = []
    try {
      while (step(rows)) fresh = false
      return { rows }
    } catch (fault) {
      return { rows, fault: coded(fault) }
    }
  }

  /** Reads one piece of markup; false if the window holds no further complete one. */
  function step(rows: XmlRow<Field>[]): boolean {
    const { bytes, to } = window
    const at = skipSpace(bytes, window.from, to)
    window.from = at
    if (at + 1 >= to) {
      if (at < to && bytes[at] !== LESS) throw textFault(at)
      return false
    }
    if (bytes[at] !== LESS) throw textFault(at)
    const next = bytes[at + 1]
    if (next === 0x3f) return instruction(at)
    if (next === 0x21) return declaration(at)
    const end = next === 0x2f ? endTag(at) : startTag(at, rows)
    if (end === INCOMPLETE) return false
    window.from = end
    return true
  }

  function startTag(at: number, rows: XmlRow<Field>[]): number {
    const { bytes, to } = window
    const nameEnd = scanName(bytes, at + 1, to)
    if (nameEnd >= to) return INCOMPLETE
    const name = bytes.toString('utf8', at + 1, nameEnd)
    if (state === 'before' && name !== root) throw unexpected(`it begins with <${name}> instead of <${root}>`)
    if (state === 'after') throw new XmlFault(at, `<${name}> after the end of <${root}>`)
    if (state === 'in row') throw new XmlFault(at, `<${name}> inside a row`)
    if (state === 'in root' && name !== ROW) throw new XmlFault(at, `<${name}> instead of a row`)

    const values: Record<string, string> = {}
    const tag = attributes.scan(bytes, nameEnd, to, values)
    if (tag.end === INCOMPLETE) return INCOMPLETE
    window.requireUtf8(at, tag.end)
    if (state === 'before') state = tag.empty ? 'after' : 'in root'
    else {
      rows.push({ line: window.lineAt(at), values: values as XmlRow<Field>['values'] })
      if (!tag.empty) state = 'in row'
    }
    return tag.end
  }

  function endTag(at: number): number {
    const { bytes, to } = window
    if (at + 2 >= to) return INCOMPLETE
    const nameEnd = scanName(bytes, at + 2, to)
    const end = skipSpace(bytes, nameEnd, to)
    if (end >= to) return INCOMPLETE
    const open = state === 'in row' ? ROW : state === 'in root' ? root : undefined
    const name = bytes.toString('utf8', at + 2, nameEnd)
    if (name !== open) throw new XmlFault(at, `</${name}> closes an element that is not open`)
    if (bytes[end] !== 0x3e) throw new XmlFault(end, '">" is expected')
    state = state === 'in row' ? 'in root' : 'after'
    return end + 1
  }

  /** `<?xml … ?>` or another instruction. */
  function instruction(at: number): boolean {
    const { bytes, to } = window
    const end = bytes.subarray(0, to).indexOf('?>', at + 2)
    if (end < 0) return false
    requireCharacters(at, end)
    const text = bytes.toString('utf8', at + 2, end)
    if (!/^[\p{L}_:][\p{L}\p{N}_:.-]*(?:\s|$)/u.test(text))
      throw new XmlFault(at, 'a processing instruction without a name')
    if (/^xml(?:\s|$)/i.test(text)) checkDeclaration(at, text)
    window.from = end + 2
    return true
  }

  function checkDeclaration(at: number, text: string): void {
    const place = window.placeOf(at)
    if (place.byte !== first) throw new XmlFault(at, 'the XML declaration is not at the start')
    const match = xmlDeclaration.exec(text)
    if (match === null) throw new XmlFault(at, 'the XML declaration is malformed')
    const encoding = match[3] ?? 'utf-8'
    if (!/^(?:utf-?8|us-ascii|ascii)$/i.test(encoding)) {
      throw sourceErrors.FILE_ENCODING_INVALID({ ...place, reason: `it declares the encoding ${encoding}` })
    }
  }

  /** A comment, or a declaration that this reader rejects. */
  function declaration(at: number): boolean {
    const { bytes, to } = window
    const head = bytes.toString('latin1', at, Math.min(to, at + 32)).toUpperCase()
    if ('<!DOCTYPE'.startsWith(head.slice(0, 9))) {
      if (head.length < 15 && !window.ended) return false
      if (/^<!DOCTYPE\s+HTML/.test(head)) throw unexpected('it is an HTML page')
      throw sourceErrors.XML_DOCTYPE_REFUSED({ ...window.placeOf(at) })
    }
    if (!'<!--'.startsWith(head.slice(0, 4))) throw new XmlFault(at, 'a row or a comment is expected')
    const end = bytes.subarray(0, to).indexOf('--', at + 4)
    if (end < 0 || end + 2 >= to) return false
    if (bytes[end + 2] !== 0x3e) throw new XmlFault(end, '"--" inside a comment')
    requireCharacters(at, end)
    window.from = end + 3
    return true
  }

  function requireCharacters(from: number, to: number): void {
    window.requireUtf8(from, to)
    const control = findControl(window.bytes, from, to)
    if (control < to) throw new XmlFault(control, 'a control character')
  }

  function textFault(at: number): CodedError | XmlFault {
    if (state === 'before') return unexpected('it does not look like XML')
    return new XmlFault(at, 'text between rows')
  }

  function unexpected(reason: string): CodedError {
    return sourceErrors.FILE_FORMAT_UNEXPECTED({ ...window.placeOf(window.from), reason })
  }

  /** Bytes that are not UTF-8 often look like faults of markup: the encoding fault is reported, not its effect. */
  function coded(fault: unknown): CodedError {
    if (fault instanceof CodedError) return fault
    if (!(fault instanceof XmlFault)) throw fault
    const lineEnd = window.bytes.subarray(0, window.to).indexOf('\n', fault.at)
    try {
      if (lineEnd >= 0) window.requireUtf8(window.from, lineEnd)
    } catch (encoding) {
      return encoding as CodedError
    }
    return sourceErrors.XML_MALFORMED({ ...window.placeOf(fault.at), reason: fault.reason })
  }

  /** @throws XML_MALFORMED or FILE_EMPTY unless the document is complete */
  function finish(): void {
    const rest = window.from < window.to
    if (state === 'after' && !rest) return
    if (state === 'before' && !rest && fresh) throw sourceErrors.FILE_EMPTY({ file: window.file })
    const place = window.placeOf(window.to)
    const reason = rest ? 'the file ends inside a tag' : `the file ends before </${root}>`
    throw sourceErrors.XML_MALFORMED({ ...place, reason })
  }

  return { scan, finish }
}
