import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config/config.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const home = mkdtempSync(join(tmpdir(), 'entraide-docs-'))
const SECONDS = { ms: 0.001, s: 1, min: 60, h: 3_600, day: 86_400 }

let app: App

beforeAll(async () => {
  app = await createApp(readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent' }))
})
afterAll(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

describe('docs/architecture.md', () => {
  it('names every module', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    )
    const rows = rowsOf('The modules').map(([folder]) => folder)
    expect(rows.sort()).toEqual(folders.map(({ name }) => `\`src/${name}/\``).sort())
  })

  it('lists the modules in an order in which each imports earlier ones only', () => {
    const positions = rowsOf('The modules').map(([folder]) => folder!.slice('`src/'.length, -2))
    const order = /const modules = \[([^\]]*)\]/.exec(read('.dependency-cruiser.cjs'))![1]!
    const layers = [...order.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!)
    expect(positions.filter((name) => layers.includes(name))).toEqual(layers)
  })

  it('tells of every event who hears it, and how long events gather', () => {
    const documented = rowsOf('Event → who hears it').map(([event, , jobs]) => [
      quoted(event!)[0],
      subscribersIn(jobs!).sort(),
    ])
    const heard = new Map(eventTypes().map((event): [string, string[]] => [event, []]))
    for (const { type, subscriptions = [] } of app.handlers)
      for (const { event, debounceMs } of subscriptions) heard.get(event)!.push(described(type, debounceMs))
    const actual = [...heard].map(([event, jobs]) => [event, jobs.sort()])
    expect(documented.sort(byName)).toEqual(actual.sort(byName))
  })

  it('tells of every job that no event starts when it is due', () => {
    const documented = rowsOf('Job → when').map(([job]) => quoted(job!)[0]!)
    const types = app.handlers.map(({ type }) => type)
    expect(documented.filter((job) => !types.includes(job))).toEqual([])
    const silent = app.handlers.filter(({ subscriptions = [] }) => subscriptions.length === 0)
    expect(silent.map(({ type }) => type).filter((job) => !documented.includes(job))).toEqual([])
  })

  it('names only files and folders that exist', () => {
    const paths = [...page.matchAll(/`((?:src|test|docs|fixtures|scripts)\/[\w./-]+)`/g)].map(
      ([, path]) => path!,
    )
    expect(paths.length).toBeGreaterThan(40)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

/** The cells of each row of the table under a heading. */
function rowsOf(heading: string): string[][] {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`))
  const lines = section!.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(1).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!)
}

/** "`a.b` (5 s), `c.d`" as the jobs that it names, each with how long its events gather. */
function subscribersIn(jobs: string): string[] {
  return [...jobs.matchAll(/`([\w.-]+)`(?: \((\d+) (ms|s|min|h|day)\))?/g)].map(([, job, amount, unit]) =>
    described(job!, unit && Number(amount) * SECONDS[unit as keyof typeof SECONDS] * 1_000),
  )
}

function described(job: string, debounceMs: number | string | undefined): string {
  return debounceMs ? `${job} gathers for ${debounceMs} ms` : job
}

/** Every event that a module adds to `EventMap`, read from its source: types are gone at run time. */
function eventTypes(): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /(^|[/\\-])events\.ts$/.test(file))
    .map((file) => read(join('src', file)))
    .flatMap(
      (source) => /declare module[\s\S]*interface EventMap \{([\s\S]*?)\n {2}\}/.exec(source)?.[1] ?? [],
    )
    .filter((declared) => !declared.startsWith('\n *'))
    .flatMap((declared) => [...declared.matchAll(/'([\w.-]+)':/g)].map(([, type]) => type!))
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function byName([a]: unknown[], [b]: unknown[]): number {
  return String(a).localeCompare(String(b))
}
