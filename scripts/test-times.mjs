/**
 * Where the suite's time goes, as tables in Markdown: by folder, then the slowest files.
 *
 *   npx vitest run --reporter=json --outputFile=report.json
 *   node scripts/test-times.mjs report.json [--slowest 15]
 *
 * Seconds are those from a file's first test to its last, as vitest reports them: loading modules is not in them. Files
 * run side by side, so that a folder's seconds are not those that one waits.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { slowest: { type: 'string', default: '15' } },
})
const [path] = positionals
if (path === undefined) {
  console.error('usage: node scripts/test-times.mjs report.json [--slowest 15]')
  process.exit(2)
}

const report = JSON.parse(readFileSync(path, 'utf8'))
const files = report.testResults.map(({ name, startTime, endTime, assertionResults }) => ({
  name: nameOf(name),
  tests: assertionResults.filter(({ status }) => status === 'passed' || status === 'failed').length,
  seconds: Math.max(0, endTime - startTime) / 1000,
}))
const began = report.startTime
const ended = Math.max(...report.testResults.map(({ endTime }) => endTime))

printTable('folder', folders(files))
console.log()
printTable('slowest files', files.toSorted(longestFirst).slice(0, Number(values.slowest)))
console.log(`\n${files.length} files in ${((ended - began) / 60_000).toFixed(1)} minutes`)

/** Relative to the checkout that was tested, wherever that was. */
function nameOf(file) {
  const at = file.lastIndexOf('/test/')
  return at < 0 ? relative(process.cwd(), file) : file.slice(at + 1)
}

function folders(all) {
  const byFolder = new Map()
  for (const { name, tests, seconds } of all) {
    const folder = name.split('/').slice(0, -1).slice(0, 2).join('/')
    const sum = byFolder.get(folder) ?? { name: folder, files: 0, tests: 0, seconds: 0 }
    byFolder.set(folder, {
      ...sum,
      files: sum.files + 1,
      tests: sum.tests + tests,
      seconds: sum.seconds + seconds,
    })
  }
  return [...byFolder.values()].sort(longestFirst)
}

function longestFirst(a, b) {
  return b.seconds - a.seconds
}

function printTable(title, rows) {
  const hasFiles = rows.some(({ files: count }) => count !== undefined)
  console.log(`| ${title} | ${hasFiles ? 'files | ' : ''}tests | seconds |`)
  console.log(`|---|${hasFiles ? '--:|' : ''}--:|--:|`)
  for (const { name, files: count, tests, seconds } of rows)
    console.log(`| ${name} | ${hasFiles ? `${count} | ` : ''}${tests} | ${seconds.toFixed(1)} |`)
}
