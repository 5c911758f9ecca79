import { readFile } from 'node:fs/promises'
import { text as allOf } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { sourceErrors } from '../sources/errors.ts'
import type { FormatOptions } from '../sources/record.ts'

/** Options of `entraide import csv`. */
export interface CsvOptions {
  readonly map?: readonly string[]
  readonly dates?: string
  readonly bodies?: string
}

const csvOnly = ['map', 'dates', 'bodies'] as const

export function addCsvOptions(command: Command): Command {
  return command
    .option(
      '--map <field=Column,…>',
      'csv: map a field to a column (question, answer, title, id, accepted …); repeat for more fields',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addOption(
      new Option('--dates <order>', 'csv: order of day and month in dates such as 03/04/2026').choices([
        'dmy',
        'mdy',
      ]),
    )
    .addOption(
      new Option('--bodies <format>', 'csv: markup of questions and answers (default: text)').choices([
        'text',
        'html',
        'markdown',
      ]),
    )
}

/** @throws FORMAT_OPTION_INVALID where they are given for another format */
export function readCsvOptions(format: string, given: CsvOptions): FormatOptions {
  const [wrong] = format === 'csv' ? [] : csvOnly.filter((name) => given[name] !== undefined)
  if (wrong !== undefined)
    throw sourceErrors.FORMAT_OPTION_INVALID({
      option: wrong,
      expected: 'left out: it applies to the format csv only',
    })
  const { map, dates, bodies } = given
  return {
    ...(map !== undefined && { map: map.join('\n') }),
    ...(dates !== undefined && { dates }),
    ...(bodies !== undefined && { bodies }),
  }
}

/** Options of `entraide import discourse`. */
export interface DiscourseOptions {
  readonly baseUrl?: string
  readonly key?: string
  readonly keyFile?: string
  readonly user?: string
  readonly since?: string
  readonly allowPrivate?: boolean
}

const discourseOnly = ['baseUrl', 'key', 'keyFile', 'user', 'since', 'allowPrivate'] as const

export function addDiscourseOptions(command: Command): Command {
  return command
    .option('--base-url <address>', 'discourse: public URL of the community, for links to its topics')
    .option('--key-file <path>', 'discourse: file with an API key; - reads it from standard input')
    .option('--key <key>', 'discourse: API key (visible to other users of this machine; prefer --key-file)')
    .option('--user <name>', 'discourse: user that the API key acts as (default: system)')
    .option('--since <day>', 'discourse: only topics active since this time (default: the last import)')
    .option('--allow-private', 'discourse: allow an address on a private network')
}

/**
 * What the format is told, from the options of the command line.
 *
 * @param privateHosts hosts that the configuration allows
 * @throws CodedError FORMAT_OPTION_INVALID; FILE_UNREADABLE for a key file
 */
export async function readDiscourseOptions(
  format: string,
  paths: readonly string[],
  given: DiscourseOptions,
  privateHosts: readonly string[],
): Promise<FormatOptions> {
  const [wrong] = format === 'discourse' ? [] : discourseOnly.filter((name) => given[name] !== undefined)
  if (wrong !== undefined) throw invalid(wrong, 'left out: it applies to the format discourse only')
  if (given.key !== undefined && given.keyFile !== undefined)
    throw invalid('key', 'left out if a key file is given')
  const { baseUrl, user, since, allowPrivate } = given
  const key = given.key ?? (given.keyFile === undefined ? undefined : await readKey(given.keyFile))
  const address = paths.find((path) => URL.canParse(path))
  const hosts = allowPrivate && address !== undefined ? [...privateHosts, hostOf(address)] : privateHosts
  return {
    ...(baseUrl !== undefined && { 'base-url': baseUrl }),
    ...(key !== undefined && { key }),
    ...(user !== undefined && { user }),
    ...(since !== undefined && { since }),
    ...(hosts.length > 0 && { 'private-hosts': hosts.join(',') }),
  }
}

async function readKey(path: string): Promise<string> {
  try {
    return (path === '-' ? await allOf(process.stdin) : await readFile(path, 'utf8')).trim()
  } catch (fault) {
    const { message } = fault as Error
    throw sourceErrors.FILE_UNREADABLE({ file: path, reason: message }, { cause: fault })
  }
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^\[|\]$/g, '')
}

function invalid(option: string, expected: string): Error {
  return sourceErrors.FORMAT_OPTION_INVALID({ option, expected })
}
