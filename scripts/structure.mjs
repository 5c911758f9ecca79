/**
 * Prints the figures of the structure: `npm run structure [-- --src folder]`. Files and lines of `src`, files with one
 * importer, the largest folder, and how many modules of the project are loaded by importing some entry points.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { src: { type: 'string', default: 'src' } } })
const root = values.src

const files = readdirSync(root, { recursive: true })
  .map((file) => normalize(String(file)))
  .filter((file) => /\.tsx?$/.test(file))
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** Relative imports of a file: of values, which load it, and of types, which do not. */
function importsOf(file) {
  const found = []
  const statement = /^(?:import|export)\s+(type\s)?([^'"`;]*?)\bfrom\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm
  for (const [, type, names, from, bare] of sources.get(file).matchAll(statement)) {
    const target = relative('.', join(dirname(file), from ?? bare))
    const listed = /^\{([\s\S]*)\}\s*$/.exec((names ?? '').trim())?.[1]
    const onlyTypes = listed?.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim()))
    if (sources.has(target)) found.push({ target, loads: !type && !onlyTypes })
  }
  for (const [, name] of sources.get(file).matchAll(/workerFile\(import\.meta\.url, '(\.[^']+)'/g)) {
    const target = relative('.', join(dirname(file), `${name}.ts`))
    if (sources.has(target)) found.push({ target, loads: false })
  }
  for (const [, from] of sources.get(file).matchAll(/\bimport\('(\.[^']+)'\)/g)) {
    const target = relative('.', join(dirname(file), from))
    if (sources.has(target)) found.push({ target, loads: false })
  }
  return found
}

const imports = new Map(files.map((file) => [file, importsOf(file)]))
const importers = new Map(files.map((file) => [file, new Set()]))
for (const [file, found] of imports) for (const { target } of found) importers.get(target).add(file)

function loadedBy(entry) {
  const loaded = new Set([entry])
  for (const file of loaded) for (const { target, loads } of imports.get(file)) if (loads) loaded.add(target)
  return loaded
}

const folders = new Map()
for (const file of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1)
const [largest, most] = [...folders].sort((a, b) => b[1] - a[1])[0]
const lines = [...sources.values()].map((text) => text.split('\n').length - 1)
const total = lines.reduce((sum, count) => sum + count, 0)

const rows = [
  ['files', files.length],
  ['lines', total],
  ['mean lines a file', Math.round(total / files.length)],
  ['files over 300 lines', lines.filter((count) => count > 300).length],
  ['files with one importer', [...importers.values()].filter((set) => set.size === 1).length],
  ['largest folder', `${most} (${largest})`],
]
const entries = [
  ['publishing use case', ['articles/publish-article.ts']],
  ['classifying use case', ['triage/predictions/classify-post.ts', 'triage/classify-post.ts']],
  ['training worker', ['models/training/training-worker.ts', 'models/training-thread.ts']],
]
for (const [name, candidates] of entries) {
  const entry = candidates.find((file) => existsSync(join(root, file)))
  if (entry === undefined) continue
  const loaded = loadedBy(entry)
  const learning = [...loaded].filter((file) => file.startsWith('learning/')).length
  const all = files.filter((file) => file.startsWith('learning/')).length
  rows.push([`modules loaded by the ${name}`, loaded.size])
  rows.push([`… of learning`, `${learning} of ${all}`])
}
const width = Math.max(...rows.map(([name]) => name.length))
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`)
