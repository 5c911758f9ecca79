import type { RejectionCode } from '../errors.ts'
import { cleanText, type DateOrder, readWrittenDate } from '../reading/values.ts'
import type { CsvColumns, CsvField } from './mapping.ts'

const GREATEST_NUMBER = 2_147_483_647
const LONGEST_ID = 255
const LONGEST_TITLE = 1000
const MOST_TAGS = 100

const yes = new Set(
  'yes y true 1 x oui o vrai ✓ ✔ resolved solved accepted resolu resolue accepte acceptee'.split(' '),
)
const no = new Set([
  '',
  ...'no n false 0 - non faux unresolved unsolved open'.split(' '),
  'non resolu',
  'non resolue',
])

/** How a file writes numbers and dates. */
export interface CsvConventions {
  /** Whether "1,5" is one and a half, as in files separated by semicolons. */
  readonly decimalComma: boolean
  readonly dates?: DateOrder
}

/**
 * Reads the cells of a row as the fields that their columns are mapped to, and remembers the first invalid one. If
 * `problem` is set, the returned values are placeholders and the row must be rejected. An empty cell is an absent value.
 */
export class CsvCells {
  problem: { readonly code: RejectionCode; readonly reason: string } | undefined
  readonly #columns: CsvColumns
  readonly #cells: readonly string[]
  readonly #conventions: CsvConventions

  constructor(columns: CsvColumns, cells: readonly string[], conventions: CsvConventions) {
    this.#columns = columns
    this.#cells = cells
    this.#conventions = conventions
  }

  /** @param nth which of the field's columns, if it has several */
  text(field: CsvField, nth = 0): string | undefined {
    const at = this.#columns.get(field)?.[nth]
    const cell = at === undefined ? '' : cellText(this.#cells[at] ?? '')
    return cell === '' ? undefined : cell
  }

  required(field: CsvField): string {
    const text = this.text(field)
    if (text !== undefined) return text
    this.problem ??= { code: 'ROW_FIELD_MISSING', reason: `${field} is empty` }
    return ''
  }

  id(field: CsvField, nth = 0): string | undefined {
    return this.#short(field, LONGEST_ID, nth)
  }

  title(): string {
    return this.#short('title', LONGEST_TITLE) ?? ''
  }

  time(field: CsvField, nth = 0): string | undefined {
    const text = this.text(field, nth)
    if (text === undefined) return undefined
    const date = readWrittenDate(text, this.#conventions.dates)
    return 'time' in date ? date.time : this.invalid(field, text, date.problem)
  }

  /**
   * A whole number, also as `1 234`, `12,0` or `12.0`, or with thousands grouped as the file writes them; not `1,000` where
   * the comma is decimal.
   */
  number(field: CsvField, least: number, nth = 0): number | undefined {
    const text = this.text(field, nth)
    if (text === undefined) return undefined
    const [decimal, group] = this.#conventions.decimalComma ? [',', '.'] : ['.', ',']
    const digits = text.replace(/[\s'’]/gu, '').replace('\u2212', '-')
    const plain = new RegExp(`^[+-]?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${decimal}|$)`).test(digits)
      ? digits.replaceAll(group, '')
      : digits
    const number = /^[+-]?\d{1,10}(?:[.,]0{1,2})?$/.test(plain)
      ? Math.trunc(Number(plain.replace(',', '.')))
      : NaN
    if (number >= least && number <= GREATEST_NUMBER) return number + 0
    return this.invalid(field, text, `is not a whole number from ${least} to ${GREATEST_NUMBER}`)
  }

  flag(field: CsvField, nth = 0): boolean {
    const text = this.text(field, nth) ?? ''
    const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    if (no.has(plain)) return false
    if (!yes.has(plain)) this.invalid(field, text, 'is neither yes nor no')
    return true
  }

  /** Tags, separated by commas, semicolons, bars or line ends. */
  tags(): string[] {
    const tags = (this.text('tags') ?? '').split(/[,;|\n]/).map((tag) => tag.trim())
    const distinct = [...new Set(tags)].filter((tag) => tag !== '')
    const long = distinct.find((tag) => tag.length > LONGEST_ID)
    if (long !== undefined) this.invalid('tags', long, `is longer than ${LONGEST_ID} characters`)
    if (distinct.length > MOST_TAGS)
      this.invalid('tags', String(distinct.length), `is more than the limit of ${MOST_TAGS} tags`)
    return distinct
  }

  /** The primary subtag of `fr`, `fr-FR` or `fr_FR`. */
  language(): string | undefined {
    const text = this.text('language')
    const primary = text?.toLowerCase().split(/[-_]/, 1)[0]
    if (primary === undefined || /^[a-z]{2,3}$/.test(primary)) return primary
    return this.invalid('language', text!, 'is not a language tag')
  }

  url(): string | undefined {
    const text = this.text('url')
    if (text === undefined || (/^https?:\/\//.test(text) && text.length <= 2000)) return text
    return this.invalid('url', text, 'is not a URL')
  }

  /** Records that a value is invalid. */
  invalid(field: CsvField, value: string, why: string): undefined {
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value
    this.problem ??= { code: 'ROW_FIELD_INVALID', reason: cleanText(`${field} "${shown}" ${why}`) }
  }

  #short(field: CsvField, longest: number, nth = 0): string | undefined {
    const text = this.text(field, nth)
    if (text === undefined || text.length <= longest) return text
    return this.invalid(field, text, `is longer than ${longest} characters`)
  }
}

/** A cell cleaned for storage, without surrounding space and with LF line ends. */
export function cellText(cell: string): string {
  return cleanText(cell).replace(/\r\n?/g, '\n').trim()
}
