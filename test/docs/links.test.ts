import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Files that people read, or that mention pages in comments and messages. */
const READ = /\.(md|ts|tsx|mjs|cjs|js|wat|json)$/
const FOLDERS = ['docs', 'src', 'scripts', 'test', 'fixtures', 'models', 'bin']

const pages = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs')].filter((file) => file.endsWith('.md'))
const readable = [
  'README.md',
  'CONTRIBUTING.md',
  '.dependency-cruiser.cjs',
  'package.json',
  ...FOLDERS.flatMap(filesIn).filter((file) => READ.test(file)),
]

describe('the documentation', () => {
  it('has no link to a page or a heading that does not exist', () => {
    const broken = pages.flatMap((page) =>
      linksOf(read(page)).flatMap((target) => {
        const [path = '', heading] = target.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(root, file))) return [`${page}: ${target}`]
        const isKnown = heading === undefined || headingsOf(read(file)).includes(heading)
        return isKnown ? [] : [`${page}: ${target}`]
      }),
    )
    expect(broken).toEqual([])
  })

  it('is where code, scripts and tests say that it is', () => {
    const missing = readable.flatMap((file) =>
      [...read(file).matchAll(/(?<![\w/.])docs\/[\w/-]+\.(?:md|json)\b/g)]
        .filter(([path]) => !existsSync(join(root, path)) && !isExample(file))
        .map(([path]) => `${file}: ${path}`),
    )
    expect(missing).toEqual([])
  })

  it('names only files of the code that exist', () => {
    const missing = pages
      .filter((page) => !page.startsWith('docs/decisions/')) // These are of their day.
      .flatMap((page) =>
        [...read(page).matchAll(/`((?:src|scripts|test|fixtures)\/[\w./-]+)`/g)]
          .filter(([, path]) => !existsSync(join(root, path!)))
          .map(([, path]) => `${page}: ${path}`),
      )
    expect(missing).toEqual([])
  })

  it('can be reached from the README', () => {
    const reached = new Set(['README.md'])
    for (const page of reached) {
      if (!page.endsWith('.md')) continue
      for (const target of linksOf(read(page))) {
        const path = target.split('#')[0]!
        const file = join(dirname(page), path).replace(/\/$/, '')
        if (path === '' || !existsSync(join(root, file))) continue
        const isFolder = statSync(join(root, file)).isDirectory()
        for (const each of isFolder ? filesIn(file) : [file]) reached.add(each)
      }
    }
    expect(filesIn('docs').filter((file) => file.endsWith('.md') && !reached.has(file))).toEqual([])
  })
})

/** Tests of the Markdown reader hold links of their own. */
function isExample(file: string): boolean {
  return file.startsWith('test/text/markdown')
}

function filesIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Targets of links within the project, outside code. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
}

/** Anchors of a page's headings, as GitHub makes them. */
function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
