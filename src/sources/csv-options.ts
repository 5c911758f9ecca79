import { type CsvMapping, parseCsvMapping } from './csv-mapping.ts'
import { sourceErrors } from './errors.ts'
import type { BodyFormat, FormatOptions } from './record.ts'
import type { DateOrder } from './written-date.ts'

/** What the caller of a CSV import may choose. */
export interface CsvOptions {
  /** Absent: the header tells by itself. */
  readonly mapping?: CsvMapping
  /** How `03/04/2026` is read; absent: it is rejected. */
  readonly dates?: DateOrder
  readonly bodies: BodyFormat
}

/** @throws CSV_MAPPING_INVALID, FORMAT_OPTION_INVALID */
export function readCsvOptions({ map, dates, bodies }: FormatOptions): CsvOptions {
  return {
    ...(map !== undefined && { mapping: parseCsvMapping(map) }),
    ...(dates !== undefined && { dates: oneOf('dates', dates, ['dmy', 'mdy']) }),
    bodies: bodies === undefined ? 'text' : oneOf('bodies', bodies, ['text', 'html', 'markdown']),
  }
}

function oneOf<const Choice extends string>(
  option: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === value)
  if (choice !== undefined) return choice
  throw sourceErrors.FORMAT_OPTION_INVALID({ option, expected: `one of ${choices.join(', ')}` })
}
