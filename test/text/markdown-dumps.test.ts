import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/text/markdown/plain-text.ts'
import { htmlToMarkdown } from '../../src/text/markdown/to-markdown.ts'
import { normalized, renderMarkdown, visibleText } from './visible-text.ts'

const data = process.env.ENTRAIDE_EVAL_DATA
const threads = data === undefined ? undefined : join(data, 'threads')
const isThere = threads !== undefined && existsSync(threads)
if (!isThere) console.log('skipped: posts of real communities (ENTRAIDE_EVAL_DATA does not hold threads)')

async function stackExchangeBodies(folder: string): Promise<string[]> {
  const bodies: string[] = []
  for (const site of await readdir(folder)) {
    for (const [file, attribute] of [
      ['Posts.xml', 'Body'],
      ['Comments.xml', 'Text'],
    ] as const) {
      const path = join(folder, site, file)
      if (!existsSync(path)) continue
      const parser = new SaxesParser()
      parser.on('opentag', ({ attributes }) => void bodies.push(attributes[attribute] ?? ''))
      for await (const chunk of createReadStream(path, 'utf8')) parser.write(chunk)
      parser.close()
    }
  }
  return bodies
}

async function discourseBodies(folder: string): Promise<string[]> {
  const bodies: string[] = []
  for (const file of await readdir(folder)) {
    JSON.parse(await readFile(join(folder, file), 'utf8'), (key, value) => {
      if (key === 'cooked' && typeof value === 'string') bodies.push(value)
      return value
    })
  }
  return bodies
}

describe.skipIf(!isThere)('every post of real communities', () => {
  it.each([
    ['Stack Exchange', 'stackexchange', stackExchangeBodies],
    ['Discourse', 'discourse', discourseBodies],
  ] as const)(
    'shows in Markdown what it showed in HTML: %s',
    { timeout: 120_000 },
    async (_, folder, read) => {
      const bodies = await read(join(threads!, folder))
      expect(bodies.length).toBeGreaterThan(20)
      const different = { markdown: [] as string[], plain: [] as string[] }
      for (const html of bodies) {
        const markdown = htmlToMarkdown(html)
        const shown = visibleText(html)
        if (visibleText(renderMarkdown(markdown)) !== shown) different.markdown.push(html)
        if (normalized(plainText(markdown)) !== visibleText(html, '')) different.plain.push(html)
      }
      console.log(`${folder}: ${bodies.length} posts, ${different.markdown.length} shown differently`)
      expect(different).toEqual({ markdown: [], plain: [] })
    },
  )
})
