import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')
const quoted = (text: string) => [...text.matchAll(/'([^']+)'/g)].map(([, value]) => value)

const sources = ['src/web/pages', 'src/web/charts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
)

/** Ids and usual keys that the settings page lists. */
const listed = new Map(
  [...read('src/web/keys/catalogue.ts').matchAll(/'?([\w-]+)'?: entry\('[\w.]+', (.*?)\)/g)].map(
    ([, id, keys]) => [id, quoted(keys!)],
  ),
)

describe('the keys that a person may set', () => {
  it('are those of every command of every page', () => {
    const missing: string[] = []
    for (const path of sources)
      for (const [, id, keys] of read(path).matchAll(
        /id: '([\w-]+)',\s*label: [^\n]*?\),\s*keys: \[([^\]]*)\]/g,
      ))
        if (!quoted(keys!).every((each) => listed.get(id)?.includes(each))) missing.push(`${path}: ${id}`)
    expect(listed.size).toBeGreaterThan(30)
    expect(missing).toEqual([])
  })
})
