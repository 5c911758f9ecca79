import { crc32 } from 'node:zlib'
import { defineErrors } from '../../platform/errors.ts'
import type { SparseParts } from '../../text/sparse-index/sparse-index.ts'
import { FIELDS } from './document.ts'
import type { TableState } from './document-table.ts'
import type { WordState } from './operators/word-store.ts'
import type { LetterState } from './second-stage/letter-store.ts'

export const engineErrors = defineErrors({
  SEARCH_SNAPSHOT_INCOMPATIBLE: [500, 'The search snapshot cannot be used by this version: {reason}'],
  SEARCH_SNAPSHOT_CORRUPT: [500, 'The search snapshot is damaged: {reason}'],
})

interface SnapshotContent {
  readonly parts: SparseParts
  readonly table: TableState
  readonly letters: LetterState
  readonly words: WordState
}

/*
 * Layout, in the machine's byte order (which the header states):
 *
 *   magic  8 bytes   order  u32   version u32   length u32   checksum u32   meta length u32   0 u32
 *   ─ checked by the checksum ────────────────────────────────────────────────
 *   meta   JSON: what are strings, and how long each array is
 *   arrays in the order of SECTIONS, each from a multiple of 8
 */
const MAGIC = new TextEncoder().encode('ENTRSRCH')
const BYTE_ORDER = 0x01020304
const HEADER = 32

/** Raise it when the layout, the fields or the way that words become terms change: an older snapshot is rebuilt. */
const VERSION = 3

const SECTIONS = {
  offsets: Uint32Array,
  docs: Uint32Array,
  payloads: Uint32Array,
  kind: Uint32Array,
  language: Uint32Array,
  category: Uint32Array,
  source: Uint32Array,
  lengths: Uint16Array,
  openness: Int8Array,
  letters: Uint8Array,
  letterStarts: Uint32Array,
  titleSizes: Uint16Array,
  letterSizes: Uint16Array,
  words: Uint16Array,
  wordStarts: Uint32Array,
  wordSizes: Uint16Array,
} as const
type SectionName = keyof typeof SECTIONS
type ArrayOf<Type> = Type extends Uint16ArrayConstructor
  ? Uint16Array
  : Type extends Int8ArrayConstructor
    ? Int8Array
    : Type extends Uint8ArrayConstructor
      ? Uint8Array
      : Uint32Array
type Sections = { readonly [Name in SectionName]: ArrayOf<(typeof SECTIONS)[Name]> }
const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]

interface Meta {
  readonly ids: string[]
  readonly terms: string[]
  readonly names: TableState['names']
  readonly sections: Record<SectionName, number>
}

export function writeSnapshot({ parts, table, letters, words }: SnapshotContent): Uint8Array {
  const sections: Sections = {
    offsets: parts.offsets,
    docs: parts.docs,
    payloads: parts.payloads,
    ...table.columns,
    letters: letters.letters,
    letterStarts: letters.starts,
    titleSizes: letters.titleSizes,
    letterSizes: letters.sizes,
    words: words.words,
    wordStarts: words.starts,
    wordSizes: words.sizes,
  }
  const lengths = Object.fromEntries(SECTION_NAMES.map((name) => [name, sections[name].length]))
  const meta = new TextEncoder().encode(
    JSON.stringify({ ids: table.ids, terms: parts.terms, names: table.names, sections: lengths }),
  )
  const start = align(HEADER + meta.length)
  const size = SECTION_NAMES.reduce((at, name) => align(at + sections[name].byteLength), start)
  const bytes = new Uint8Array(size)
  bytes.set(meta, HEADER)
  let at = start
  for (const name of SECTION_NAMES) {
    const { buffer, byteOffset, byteLength } = sections[name]
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at = align(at + byteLength)
  }
  bytes.set(MAGIC, 0)
  const header = new Uint32Array(bytes.buffer, MAGIC.length, 6)
  header.set([BYTE_ORDER, VERSION, size, crc32(bytes.subarray(HEADER)), meta.length, 0])
  return bytes
}

/** @throws SEARCH_SNAPSHOT_INCOMPATIBLE, SEARCH_SNAPSHOT_CORRUPT. The arrays lie over `bytes` where alignment allows. */
export function readSnapshot(given: Uint8Array): SnapshotContent {
  if (given.length < HEADER || MAGIC.some((byte, i) => given[i] !== byte)) throw foreign('no snapshot header')
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given)
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset + MAGIC.length, 6)
  const [order, version, size, checksum, metaLength = 0, reserved] = header
  if (order !== BYTE_ORDER) throw foreign('it was written on a machine with another byte order')
  if (version !== VERSION) throw foreign(`version ${version}, expected ${VERSION}`)
  if (reserved !== 0) throw corrupt('its header cannot be read')
  if (size !== bytes.length) throw corrupt(`${bytes.length} bytes instead of ${size}`)
  if (crc32(bytes.subarray(HEADER)) !== checksum) throw corrupt('its checksum does not match')
  const meta = readMeta(bytes.subarray(HEADER, HEADER + metaLength))
  const sections = readSections(bytes, align(HEADER + metaLength), meta)
  const { offsets, docs, payloads, letters, letterStarts, titleSizes, letterSizes, ...others } = sections
  const { words, wordStarts, wordSizes, ...columns } = others
  const content = {
    parts: { documents: meta.ids.length, terms: meta.terms, offsets, docs, payloads },
    table: { ids: meta.ids, names: meta.names, columns },
    letters: { letters, starts: letterStarts, titleSizes, sizes: letterSizes },
    words: { words, starts: wordStarts, sizes: wordSizes },
  }
  requireValidRuleSet(content)
  return content
}

function readMeta(bytes: Uint8Array): Meta {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Meta
  } catch (cause) {
    throw corrupt('its table of contents cannot be read', cause)
  }
}

function readSections(bytes: Uint8Array, start: number, meta: Meta): Sections {
  let at = start
  const read = SECTION_NAMES.map((name) => {
    const Type = SECTIONS[name]
    const length = meta.sections[name]
    if (at + length * Type.BYTES_PER_ELEMENT > bytes.length)
      throw corrupt(`${name} extends beyond the end of the file`)
    const section = new Type(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length)
    at = align(at + section.byteLength)
    return [name, section]
  })
  return Object.fromEntries(read) as Sections
}

/** The lengths that must agree do; a document that a posting names exists. */
function requireValidRuleSet({ parts, table, letters, words }: SnapshotContent): void {
  const { columns, ids } = table
  const agree =
    parts.offsets.length === parts.terms.length + 1 &&
    parts.offsets[parts.terms.length] === parts.docs.length &&
    parts.docs.length === parts.payloads.length &&
    columns.lengths.length === ids.length * FIELDS.length &&
    [
      columns.openness,
      columns.kind,
      columns.language,
      columns.category,
      columns.source,
      letters.starts,
      letters.titleSizes,
      letters.sizes,
      words.starts,
      words.sizes,
    ].every((column) => column.length === ids.length) &&
    letters.starts.every((start, doc) => start + letters.sizes[doc]! <= letters.letters.length) &&
    words.starts.every((start, doc) => start + words.sizes[doc]! <= words.words.length)
  if (!agree) throw corrupt('its parts do not match')
  if (parts.docs.some((doc) => doc >= ids.length))
    throw corrupt('it refers to documents that it does not contain')
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8
}

const foreign = (reason: string) => engineErrors.SEARCH_SNAPSHOT_INCOMPATIBLE({ reason })
const corrupt = (reason: string, cause?: unknown) =>
  engineErrors.SEARCH_SNAPSHOT_CORRUPT({ reason }, { cause })
