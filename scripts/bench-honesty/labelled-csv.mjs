import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

/** Texts and labels of one of the public classification sets. */
export function readLabelledCsv(data, set, file) {
  const rows = parse(readFileSync(join(data, 'classification', set, `${file}.csv`)), { columns: true })
  return { texts: rows.map(({ text }) => text), labels: rows.map(({ label }) => label) }
}
