import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const script = (name: string) => new URL(`../../scripts/bench/learning/${name}`, import.meta.url)
const { scoreTable } = await import(script('report.mjs').href)
const { replaceSection } = await import(script('../page.mjs').href)
const { judge } = await import(script('judge.mjs').href)
const { runChild } = await import(script('run-child.mjs').href)
const { dataSets } = await import(script('data-sets.mjs').href)
const { makeUpPosts } = await import(script('made-up-posts.mjs').href)

const folder = mkdtempSync(join(tmpdir(), 'entraide-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the benchmark of the classifier', () => {
  it('replaces what stands between the marks of a section, and nothing else', () => {
    const page =
      'a\n<!-- bench:learning sets -->\nold\n<!-- /bench:learning -->\nb\n<!-- bench:learning growth -->\n<!-- /bench:learning -->\n'
    const once = replaceSection(page, 'learning', 'sets', '| new |')
    expect(once).toBe(page.replace('\nold\n', '\n\n| new |\n\n'))
    expect(replaceSection(once, 'learning', 'sets', '| new |')).toBe(once)
    expect(() => replaceSection(page, 'learning', 'latency', '')).toThrow('bench:learning latency')
  })

  it('judges a union as a whole and by language', () => {
    const test = [
      { text: 'a', label: 'x', language: 'en' },
      { text: 'b', label: 'y', language: 'fr' },
    ]
    const fold = {
      fitSeconds: 2,
      classifySeconds: 0.5,
      bytes: 10,
      verdicts: [{ label: 'x' }, { label: 'x' }],
    }
    const found = judge({ folds: [{ test }] }, [fold])
    expect(found).toMatchObject({
      score: 0.5,
      byLanguage: { en: 1, fr: 0 },
      fitSeconds: 2,
      textsPerSecond: 4,
    })
  })

  it('says in the table why a contender has no figures, and compares fits with the yardstick', () => {
    const figures = { score: 0.5, fitSeconds: 3, textsPerSecond: 1234, bytes: 2e6 }
    const byContender = new Map<string, object>([
      ['Entraide', { figures }],
      ['LinearSVC', { figures: { ...figures, fitSeconds: 2 } }],
      ['fastText', { leftOut: 'over 5 min' }],
    ])
    const table: string = scoreTable(new Map([['set', { measure: 'accuracy', byContender }]]))
    expect(table).toContain('| set | Entraide | 50.0 % | 3.00 s | 1.50 | 1200 | 2.00 MB |')
    expect(table).toContain('|  | fastText | over 5 min |')
  })

  it('ends a peer that takes too long, with the programs that it started', async () => {
    const nested = `require('child_process').execFileSync(process.execPath, ['-e', 'setTimeout(() => {}, 90000)'])`
    const options = { seconds: 0.6, scratch: folder }
    // Its pipe closes only once nobody holds it any more: this would wait for the inner program otherwise.
    expect(await runChild(process.execPath, ['-e', nested], options)).toMatchObject({ late: true })
    expect(await runChild(process.execPath, ['-e', 'throw new Error("no")'], options)).toMatchObject({
      late: false,
    })
    expect(await runChild('no-such-program', [], options)).toMatchObject({ late: false })
    const spoken = await runChild(process.execPath, ['-e', 'console.log("hello\\n[1]")'], {
      ...options,
      seconds: 30,
    })
    expect(spoken).toEqual({ value: [1] })
  })

  it('deals the questions of a dump into five folds by their first tag, each tested once', async () => {
    const dump = join(folder, 'threads/stackexchange/ai_2016')
    mkdirSync(dump, { recursive: true })
    const row = (id: number, tag: string) =>
      `<row Id="${id}" PostTypeId="1" CreationDate="2020-01-01T00:00:00.000" Score="0" Title="Title ${id}" Body="&lt;p&gt;Body &lt;b&gt;${id}&lt;/b&gt;&lt;/p&gt;" Tags="&lt;${tag}&gt;&lt;other&gt;" />`
    const tags = Array.from({ length: 24 }, (_, i) => (i < 10 ? 'one' : i < 20 ? 'two' : 'rare'))
    writeFileSync(
      join(dump, 'Posts.xml'),
      `<posts>\n${tags.map((tag, i) => row(i + 1, tag)).join('\n')}\n</posts>`,
    )
    const { folds, measure } = await dataSets(folder).ai()
    expect(measure).toBe('accuracy')
    const tested = folds.flatMap(({ test }: { test: { text: string; label: string }[] }) => test)
    expect(tested).toHaveLength(20)
    expect(tested).toContainEqual({ text: 'Title 3\nBody 3', label: 'one', language: 'en' })
    for (const { train, test } of folds) {
      expect(test.filter(({ label }: { label: string }) => label === 'one')).toHaveLength(2)
      expect(train).toHaveLength(16)
    }
  })

  it('makes up the same posts from the same seed', () => {
    const posts = makeUpPosts(200, 10, 20)
    expect(posts).toEqual(makeUpPosts(200, 10, 20))
    expect(posts).not.toEqual(makeUpPosts(200, 10, 20, 2))
    expect(new Set(posts.labels).size).toBe(10)
  })

  it('refuses work that it does not know', () => {
    const args = [script('../learning.mjs').pathname, '--data', folder, '--only', 'elsewhere']
    expect(() => execFileSync(process.execPath, args, { stdio: 'pipe' })).toThrow('no such work: elsewhere')
  })
})
