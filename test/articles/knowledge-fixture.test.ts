import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { AUDIENCES } from '../../src/access/audience.ts'
import { type ArticleContent, CONFIDENCES, missingSections } from '../../src/articles/article.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { runJson } from '../support/service.ts'

interface GoldCandidate {
  readonly thread: string
  readonly type: 'create' | 'update' | 'link' | 'contradicts' | 'none'
  readonly article?: string
  readonly reason?: string
  readonly group?: readonly string[]
}
interface ExpectedDraft {
  readonly threads: readonly string[]
  readonly resolution: readonly string[]
  readonly leaveOut: readonly string[]
  readonly environment: readonly string[]
  readonly cause?: string
  readonly personalData?: readonly string[]
}
interface FixtureArticle extends ArticleContent {
  readonly id: string
  readonly confidence: string
  readonly audience: string
}
interface FixtureRecord {
  readonly type: string
  readonly id: string
  readonly threadId?: string
  readonly title?: string
  readonly body?: string
  readonly facts?: Readonly<Record<string, string>>
}
interface Summary {
  readonly threads: { readonly new: number; readonly rejected: number }
  readonly posts: { readonly new: number; readonly rejected: number }
  readonly ignored: number
  readonly orphans: number
  readonly incomplete: number
}

const folder = fileURLToPath(new URL('../../fixtures/knowledge/', import.meta.url))
const linesOf = <T>(name: string): T[] =>
  readFileSync(`${folder}${name}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
const communities = ['community-fr.ndjson', 'community-en.ndjson']
const records = communities.flatMap((name) => linesOf<FixtureRecord>(name))
const threads = records.filter(({ type }) => type === 'thread')
const posts = records.filter(({ type }) => type === 'post')
const articles = linesOf<FixtureArticle>('articles.jsonl')
const candidates = linesOf<GoldCandidate>('candidates.jsonl')
const drafts = linesOf<ExpectedDraft>('drafts.jsonl')

const typeOf = new Map(candidates.map(({ thread, type }) => [thread, type]))
const groupOf = new Map(candidates.map(({ thread, group = [thread] }) => [thread, group]))
const countBy = (values: readonly (string | undefined)[]) =>
  Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((v) => v === value).length]))

describe('the right types of the knowledge fixture', () => {
  it('are given once for each thread', () => {
    expect(candidates.map(({ thread }) => thread)).toEqual(threads.map(({ id }) => id))
  })

  it('are of each kind in both languages', () => {
    const inLanguage = (language: string) =>
      countBy(candidates.filter(({ thread }) => thread.startsWith(language)).map(({ type }) => type))
    expect(inLanguage('fr')).toEqual({ create: 29, update: 8, link: 8, contradicts: 5, none: 20 })
    expect(inLanguage('en')).toEqual({ create: 28, update: 8, link: 8, contradicts: 5, none: 20 })
    expect(countBy(candidates.filter(({ type }) => type === 'none').map(({ reason }) => reason))).toEqual({
      idea: 4,
      complaint: 4,
      thanks: 4,
      announcement: 4,
      personal: 8,
      unanswered: 6,
      'too-small': 5,
      chat: 5,
    })
  })

  it('name an article of the thread’s language wherever one is about it, and a reason wherever there is no candidate', () => {
    for (const { thread, type, article, reason } of candidates) {
      const known = articles.find(({ id }) => id === article)
      const isAboutArticle = type === 'update' || type === 'link' || type === 'contradicts'
      expect(known?.language, thread).toBe(isAboutArticle ? thread.slice(0, 2) : undefined)
      expect(reason !== undefined, thread).toBe(type === 'none')
    }
  })

  it('put the same question in one group, whichever of its threads is asked', () => {
    const groups = [...groupOf.values()].filter(({ length }) => length > 1)
    expect(new Set(groups.map((group) => group.join())).size).toBe(8)
    for (const [thread, group] of groupOf) {
      expect(group).toContain(thread)
      for (const other of group)
        expect([groupOf.get(other), typeOf.get(other)]).toEqual([group, typeOf.get(thread)])
    }
  })
})

describe('the articles of the knowledge fixture', () => {
  it('have a known state, and all that an article needs unless they are in progress', () => {
    expect(countBy(articles.map(({ language }) => language))).toEqual({ fr: 12, en: 12 })
    for (const article of articles) {
      expect(CONFIDENCES).toContain(article.confidence)
      expect(AUDIENCES).toContain(article.audience)
      expect(missingSections(article).length > 0, article.id).toBe(article.confidence === 'wip')
    }
  })
})

describe('the expected drafts of the knowledge fixture', () => {
  it('are 40, half of them French, each of one whole candidate that deserves an article', () => {
    expect(countBy(drafts.map(({ threads: [first] }) => first?.slice(0, 2)))).toEqual({ fr: 20, en: 20 })
    for (const {
      threads: [first = '', ...others],
    } of drafts) {
      expect(typeOf.get(first)).toBe('create')
      expect(groupOf.get(first)).toEqual([first, ...others])
    }
  })

  it('rest on posts of their threads, and on none that is to be left out', () => {
    for (const { threads: own, resolution, leaveOut, cause } of drafts) {
      const ids = posts.filter(({ id, threadId }) => own.includes(threadId ?? id)).map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining([...resolution, ...leaveOut]))
      expect(resolution.length).toBeGreaterThan(0)
      expect(resolution.filter((id) => leaveOut.includes(id))).toEqual([])
      if (cause !== undefined) expect(resolution).toContain(cause)
    }
  })

  it('name environments and personal data that are in their threads', () => {
    for (const { threads: own, environment, personalData = [] } of drafts) {
      const text = records
        .filter(({ id, threadId }) => own.includes(threadId ?? id))
        .flatMap(({ title, body, facts = {} }) => [title, body, ...Object.values(facts)])
        .join('\n')
      for (const words of [...environment, ...personalData]) expect(text).toContain(words)
    }
  })
})

describeEachDatabase('the communities of the knowledge fixture', (database) => {
  let summary: Summary
  beforeAll(async () => {
    const paths = communities.map((name) => `${folder}${name}`)
    const as = ['--source', 'knowledge', '--audience', 'public']
    summary = await runJson<Summary>(await database(), ['import', 'ndjson', ...paths, ...as])
  })

  it('are imported whole, with no record rejected', () => {
    expect(summary).toMatchObject({
      threads: { new: threads.length, rejected: 0 },
      posts: { new: posts.length, rejected: 0 },
      ignored: 0,
      orphans: 0,
      incomplete: 0,
    })
  })
})
