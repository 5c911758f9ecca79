import { type Command, Option } from 'commander'
import { type FormatOptions, sourceErrors } from '../sources/index.ts'

/** Options of `entraide import csv`. */
export interface CsvOptions {
  readonly map?: readonly string[]
  readonly dates?: string
  readonly bodies?: string
}

const own = ['map', 'dates', 'bodies'] as const

export function addCsvOptions(command: Command): Command {
  return command
    .option(
      '--map <field=Column,…>',
      'csv: which column is what (question, answer, title, id, accepted …); may be given several times',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addOption(new Option('--dates <order>', 'csv: how 03/04/2026 is to be read').choices(['dmy', 'mdy']))
    .addOption(
      new Option('--bodies <format>', 'csv: what questions and answers are written in (text)').choices([
        'text',
        'html',
        'markdown',
      ]),
    )
}

/** @throws FORMAT_OPTION_INVALID where they are given for another format */
export function readCsvOptions(format: string, given: CsvOptions): FormatOptions {
  const [wrong] = format === 'csv' ? [] : own.filter((name) => given[name] !== undefined)
  if (wrong !== undefined)
    throw sourceErrors.FORMAT_OPTION_INVALID({
      option: wrong,
      expected: 'left out: it is for the format csv',
    })
  const { map, dates, bodies } = given
  return {
    ...(map !== undefined && { map: map.join('\n') }),
    ...(dates !== undefined && { dates }),
    ...(bodies !== undefined && { bodies }),
  }
}
