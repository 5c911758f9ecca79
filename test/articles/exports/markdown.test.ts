import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { exportMarkdown } from '../../../src/articles/exports/export-markdown.ts'
import { importMarkdown } from '../../../src/articles/imports/import-markdown.ts'
import type { Remark } from '../../../src/articles/imports/import-report.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { manager, openWorld, type World } from '../world.ts'
import { fillLibrary } from './library.ts'

describeEachDatabase('articles as Markdown files', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-markdown-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  let folders = 0
  const newFolder = () => join(scratch, `folder-${folders++}`)

  async function importFrom(world: World, path: string) {
    const remarks: Remark[] = []
    const { counts, unpublished } = await importMarkdown(world, {
      path,
      source: 'markdown',
      audience: 'internal',
      actor: commandLine,
      onRemark: (remark) => remarks.push(remark),
    })
    const met = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    return { counts: met, unpublished, remarks }
  }

  const filesIn = (folder: string) =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.md'))
      .sort()

  const article = {
    title: 'Activer « l’itinérance » : où ?',
    issue: 'Rien à l’étranger.',
    environment: '',
    resolution: 'Voici.\n\n## Cause\n\n\\## Cause\n\n```\n## Résolution\n```',
    cause: '',
    language: 'fr',
    confidence: 'validated',
    audience: 'public',
    threadIds: [],
  } as const

  it('name what is known in front, and have headings in the language of the article', async () => {
    const world = await openWorld(await database())
    const { id } = (await world.articles.add(article, manager))!
    const path = newFolder()
    expect(await exportMarkdown(world, { path, audience: 'public' })).toEqual({ articles: 1 })
    const [file] = filesIn(path)
    expect(file).toBe(`fr/activer-l-itinerance-ou--${id}.md`)
    const text = readFileSync(join(path, file!), 'utf8')
    expect(text.split('\n').slice(0, 8)).toEqual([
      '---',
      'title: "Activer « l’itinérance » : où ?"',
      `id: ${id}`,
      'language: fr',
      'confidence: validated',
      'audience: public',
      'revision: 1',
      'createdAt: 2026-01-10T08:00:00.000Z',
    ])
    expect(text).toContain('\n## Problème\n\nRien à l’étranger.\n')
    expect(text).toContain('\n## Résolution\n\nVoici.\n')
    expect(await importFrom(world, path)).toEqual({ counts: { same: 1 }, unpublished: 0, remarks: [] })
  })

  it('of any article import back as the same, and into another store as new ones, twice as the same', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, 120)
    const path = newFolder()
    await exportMarkdown(world, { path })
    expect(await importFrom(world, path)).toMatchObject({ counts: { same: 120 } })
    const other = await openWorld(await database())
    const first = await importFrom(other, path)
    expect(first.counts.new).toBe(120)
    const { counts } = await importFrom(other, path)
    const { same = 0, refused = 0, ...others } = counts
    expect([same + refused, others]).toEqual([120, {}])
    expect(refused).toBeLessThanOrEqual(first.unpublished)
    const again = newFolder()
    await exportMarkdown(other, { path: again })
    expect(filesIn(again)).toEqual(filesIn(path))
  }, 60_000)

  it('with ids are added once when two imports run at the same time', async () => {
    const world = await openWorld(await database())
    for (let count = 0; count < 20; count++) await world.articles.add(article, manager)
    const path = newFolder()
    await exportMarkdown(world, { path })
    const other = await openWorld(await database())
    const reports = await Promise.all([1, 2].map(() => importFrom(other, path)))
    const sum = (outcome: string) => reports.reduce((all, { counts }) => all + (counts[outcome] ?? 0), 0)
    expect([sum('new'), sum('same'), ...reports.flatMap(({ remarks }) => remarks)]).toEqual([20, 20])
  })

  it('change the article that they name; one edited meanwhile is a conflict and stays', async () => {
    const world = await openWorld(await database())
    const added = (await world.articles.add(article, manager))!
    const path = newFolder()
    await exportMarkdown(world, { path })
    const file = join(path, filesIn(path)[0]!)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('Rien à', 'Plus rien à'))
    expect((await importFrom(world, path)).counts).toEqual({ changed: 1 })
    const reader = { audience: 'internal', seesDrafts: true } as const
    const changed = await world.articles.require(added.id, reader)
    expect([changed.issue, changed.resolution, changed.revision]).toEqual([
      'Plus rien à l’étranger.',
      article.resolution,
      2,
    ])

    writeFileSync(file, text.replace('Rien à', 'Moins à'))
    const conflict = await importFrom(world, path)
    expect([conflict.counts, conflict.remarks[0]?.code]).toEqual([{ conflict: 1 }, 'ARTICLE_CONFLICT'])
    writeFileSync(
      file,
      text.replace('revision: 1', 'revision: 2').replace('audience: public', 'audience: internal'),
    )
    expect((await importFrom(world, path)).remarks[0]?.code).toBe('MARKDOWN_STATE_DIFFERS')
    writeFileSync(file, text.replace('revision: 1\n', ''))
    expect((await importFrom(world, path)).remarks[0]?.code).toBe('MARKDOWN_FIELD_INVALID')
    expect((await world.articles.require(added.id, reader)).revision).toBe(2)
  })

  it('without an id become work in progress once, and change it from then on', async () => {
    const world = await openWorld(await database())
    const path = newFolder()
    mkdirSync(join(path, 'en'), { recursive: true })
    const file = join(path, 'en', 'box.md')
    writeFileSync(
      file,
      '---\ntitle: Restart the box\n---\n<script>alert(1)</script>Press <b>the</b> button for five seconds.\n',
    )
    expect((await importFrom(world, path)).counts).toEqual({ new: 1 })
    expect((await importFrom(world, path)).counts).toEqual({ same: 1 })
    writeFileSync(
      file,
      '---\ntitle: Restart the box\n---\n## Issue\n\nIt hangs.\n\n## Resolution\n\nPress the button.\n',
    )
    expect((await importFrom(world, path)).counts).toEqual({ changed: 1 })
    const [row] = await world.db.sql('articles')
    expect(row).toMatchObject({
      confidence: 'wip',
      language: 'en',
      issue: 'It hangs.',
      resolution: 'Press the button.',
    })
    expect(await world.db.sql('article_revisions').orderBy('number').pluck('content')).toEqual([
      expect.stringContaining('Press **the** button'),
      expect.not.stringContaining('script'),
    ])
  })

  it('are refused one by one, with file and line, whatever they hold', async () => {
    const world = await openWorld(await database())
    const path = newFolder()
    mkdirSync(path)
    const bomb = `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: t`
    const files: Record<string, [string | Buffer, string, string]> = {
      'bare.md': ['# Hello', 'MARKDOWN_FRONT_MATTER_MISSING', 'bare.md:1'],
      'open.md': ['---\ntitle: x\n', 'MARKDOWN_FRONT_MATTER_MISSING', 'open.md:1'],
      'bomb.md': [`---\n${bomb}\n---\nx`, 'MARKDOWN_FRONT_MATTER_INVALID', 'bomb.md'],
      'yaml.md': ['---\ntitle: x\nid: [\n---\nx', 'MARKDOWN_FRONT_MATTER_INVALID', 'yaml.md:3'],
      'twice.md': ['---\ntitle: x\ntitle: y\n---\nx', 'MARKDOWN_FRONT_MATTER_INVALID', 'twice.md:3'],
      'list.md': ['---\n- a\n---\nx', 'MARKDOWN_FRONT_MATTER_INVALID', 'list.md:2'],
      'number.md': ['---\nlanguage: fr\ntitle: 2024\n---\nx', 'MARKDOWN_FIELD_INVALID', 'number.md:3'],
      'untitled.md': ['---\nlanguage: fr\n---\nx', 'MARKDOWN_FIELD_INVALID', 'untitled.md:1'],
      'path.md': ['---\ntitle: x\nlanguage: ../../etc\n---\nx', 'MARKDOWN_FIELD_INVALID', 'path.md:3'],
      'id.md': ['---\ntitle: x\nid: "art_1\'; drop"\n---\nx', 'MARKDOWN_FIELD_INVALID', 'id.md:3'],
      'nul.md': ['---\ntitle: x\n---\nok\na\0b', 'MARKDOWN_FIELD_INVALID', 'nul.md:5'],
      'stray.md': [
        '---\ntitle: x\n---\n\nstray\n## Issue\nx',
        'MARKDOWN_TEXT_OUTSIDE_SECTIONS',
        'stray.md:5',
      ],
      'double.md': [
        '---\ntitle: x\n---\n## Issue\nx\n## Problème\ny',
        'MARKDOWN_SECTION_TWICE',
        'double.md:6',
      ],
      'latin.md': [Buffer.from('---\ntitle: \xe9\n---\nx', 'latin1'), 'MARKDOWN_NOT_UTF8', 'latin.md'],
      'long.md': [`---\ntitle: x\n---\n${'a'.repeat(2 ** 20)}`, 'MARKDOWN_TOO_LONG', 'long.md'],
      'proto.md': ['---\n__proto__: {title: x}\n---\nx', 'MARKDOWN_FIELD_INVALID', 'proto.md:1'],
      'section.md': [`---\ntitle: x\n---\n${'a'.repeat(100_001)}`, 'IMPORT_RECORD_INVALID', 'resolution'],
    }
    for (const [name, [text]] of Object.entries(files)) writeFileSync(join(path, name), text)
    writeFileSync(join(path, 'good.md'), '---\r\ntitle: Good\r\n---\r\nFine.\r\n')
    const { counts, remarks } = await importFrom(world, path)
    expect(counts).toEqual({ new: 1, refused: Object.keys(files).length })
    for (const { place, code, reason } of remarks) {
      const [, expected, where] = files[place.file.slice(path.length + 1)]!
      expect([place.file, code]).toEqual([place.file, expected])
      expect(reason).toContain(where)
    }
    expect(await world.db.sql('articles').pluck('title')).toEqual(['Good'])
  })
})
