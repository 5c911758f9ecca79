import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

/** Prints each package that is loaded, one per line, from within the process that loads it. */
const spy = `
import { writeSync } from 'node:fs'
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/[^]*$/.exec(found.url) ?? []
  if (name) writeSync(1, name + '\\n')
  return found
}`

function packagesOf(entry: string): ReadonlySet<string> {
  const script = `
    import { register } from 'node:module'
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(spy)}`)})
    await import(${JSON.stringify(new URL(`../../../dist/${entry}`, import.meta.url).href)})`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  return new Set(output.trim().split('\n'))
}

// Every worker has its own copy of what it loads: twenty megabytes for a library that it never calls.
describe('an import loads no more than it needs', () => {
  it.each([
    ['the command', 'cli/commands/import.js'],
    ['the worker that imports', 'ingest/imports/import-worker.js'],
  ])('%s: the database, and neither HTTP nor schemas nor the HTML parser', (_, entry) => {
    const loaded = packagesOf(entry)
    expect(loaded).toContain('knex')
    for (const other of [
      'fastify',
      '@fastify/multipart',
      'typebox',
      'htmlparser2',
      'gemoji',
      'undici',
      'eld',
    ])
      expect(loaded).not.toContain(other)
  })

  it('the thread for texts: the HTML parser, and neither the database nor detectors of personal data', () => {
    const loaded = packagesOf('ingest/rows/text-worker.js')
    expect(loaded).toContain('htmlparser2')
    for (const other of ['knex', 'piscina', 'libphonenumber-js', 'typebox', 'eld'])
      expect(loaded).not.toContain(other)
  })
})
