import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { extractDraft } from '../../../src/articles/extraction/extract-draft.ts'
import type { DraftMaterial, DraftPost } from '../../../src/articles/extraction/material.ts'
import { statementsOf, wordsIn } from '../../../src/articles/passages/statements.ts'
import { postsOf } from './material.ts'

interface ExpectedDraft {
  readonly threads: readonly string[]
  readonly resolution: readonly string[]
  readonly leaveOut: readonly string[]
  readonly environment: readonly string[]
  readonly cause?: string
}
type Line = {
  readonly type: string
  readonly id: string
  readonly threadId: string
  readonly authorId: string
  readonly name: string
  readonly role?: string
  readonly title: string
  readonly kind: DraftPost['kind']
  readonly parentId?: string
  readonly body: string
  readonly score?: number
  readonly tags?: readonly string[]
  readonly postIds: readonly string[]
  readonly postId: string
  readonly accepted: boolean
  readonly createdAt: string
}

const linesOf = <T>(name: string): T[] =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/knowledge/${name}`, import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

const expected = linesOf<ExpectedDraft>('drafts.jsonl')
const lines = ['fr', 'en'].flatMap((language) => linesOf<Line>(`community-${language}.ndjson`))
const members = new Map(lines.filter(({ type }) => type === 'member').map((each) => [each.id, each]))
const accepted = new Set(lines.filter(({ type }) => type === 'acceptance').flatMap(({ postIds }) => postIds))
for (const update of lines.filter(({ type }) => type === 'acceptance-update'))
  accepted[update.accepted ? 'add' : 'delete'](update.postId)

function materialOf(threadId: string): DraftMaterial {
  const thread = lines.find(({ type, id }) => type === 'thread' && id === threadId)!
  const posts = lines
    .filter((each) => each.type === 'post' && each.threadId === threadId)
    .map((each): DraftPost => {
      const member = members.get(each.authorId)
      const role = (member?.role ?? 'member') as 'member'
      return {
        ...each,
        author: member && { id: member.id, name: member.name, role },
        accepted: accepted.has(each.id),
      }
    })
  return { title: thread.title, language: threadId.slice(0, 2), names: thread.tags ?? [], posts }
}

const drafts = expected.map((wanted) => {
  const [lead, ...others] = wanted.threads.map(materialOf) as [DraftMaterial, ...DraftMaterial[]]
  return { wanted, draft: extractDraft(lead, others) }
})

describe('drafts of whole candidates', () => {
  it('cite four of five posts that their resolutions rest on, and none of those that are wrong', () => {
    const counts = { wanted: 0, cited: 0, unwanted: 0, leftOut: 0 }
    for (const { wanted, draft } of drafts) {
      const isOfAnswer = ({ section }: { readonly section: string }) =>
        section === 'resolution' || section === 'cause'
      const cited = new Set(draft.passages.filter(isOfAnswer).flatMap(({ postIds }) => postIds))
      counts.wanted += wanted.resolution.length
      counts.cited += wanted.resolution.filter((id) => cited.has(id)).length
      counts.unwanted += wanted.leaveOut.length
      counts.leftOut += wanted.leaveOut.filter((id) => !cited.has(id)).length
    }
    expect(counts).toMatchObject({ wanted: 66, unwanted: 46 })
    expect(counts.cited).toBeGreaterThanOrEqual(54)
    expect(counts.leftOut).toBe(46)
  })

  it('state the cause that an answer gives, with or without a “because”, and hardly ever another', () => {
    const stated = drafts.filter(({ draft }) => draft.content.cause !== '')
    const right = drafts.filter(
      ({ wanted, draft }) =>
        wanted.cause !== undefined &&
        draft.passages.some(
          ({ section, postIds }) => section === 'cause' && postIds.includes(wanted.cause as string),
        ),
    )
    expect(right.length).toBeGreaterThanOrEqual(17)
    expect(stated.length - right.length).toBeLessThanOrEqual(1)
  })

  it('say nothing that none of their posts and titles says', () => {
    for (const { wanted, draft } of drafts) {
      const said = wanted.threads
        .map(materialOf)
        .flatMap(({ title, posts }) => [title, ...posts.map(({ body }) => body)])
        .map((text) => wordsIn(text).join(' '))
      for (const { text } of draft.passages)
        for (const { key } of statementsOf(text))
          expect(
            said.some((each) => each.includes(wordsIn(key).join(' '))),
            key,
          ).toBe(true)
    }
  })
})

describe('a draft of several threads', () => {
  const material = (
    title: string,
    question: string,
    answers: readonly Partial<DraftPost>[],
  ): DraftMaterial => ({
    title,
    language: 'en',
    names: [],
    posts: postsOf({ question, answers }).map((post) => ({ ...post, id: `${title}-${post.id}` })),
  })
  const lead = material('Whistling', 'My Box 6 whistles at night.', [
    { body: 'Stand it upright.', createdAt: '2024-05-01T11:00:00.000Z' },
  ])

  it('has the title and the issue of the lead, and the symptoms and names that others add', () => {
    const other = material(
      'Noise',
      'Hello, my Box 7 whistles at night. There is an error light too. Thanks!',
      [],
    )
    const { content } = extractDraft(lead, [other])
    expect(content).toMatchObject({
      title: 'Whistling',
      issue: 'My Box 6 whistles at night.\n\nThere is an error light too.',
      environment: '- Box 6\n- Box 7',
    })
  })

  it('says once what several answers say, in the fullest words, the most complete first', () => {
    const fuller = material('Noise', 'It whistles.', [
      { body: 'Stand it upright on its rubber foot. Then clean the fan with a dry brush.' },
    ])
    const alike = material('Loud', 'It is loud.', [
      { body: 'You have to stand it upright on its rubber foot. Nothing else helped.' },
    ])
    const { content, passages } = extractDraft(lead, [fuller, alike])
    expect(content.resolution.match(/rubber foot/g)).toHaveLength(1)
    expect(content.resolution).toMatch(/^(?:1\. )?(?:You have to s|S)tand it upright on its rubber foot/)
    const citing = passages.find(({ text }) => text.includes('rubber foot'))
    expect(citing?.postIds).toEqual(['Noise-a1', 'Loud-a1'])
  })

  it('takes an answer that nobody accepted only where none of the threads has one that is', () => {
    const guess = material('Noise', 'It whistles.', [
      { body: 'Buy earplugs for it.', accepted: false, score: 9 },
    ])
    expect(extractDraft(lead, [guess]).content.resolution).toBe('Stand it upright.')
    const open = material('Loud', 'It is loud.', [{ body: 'Move to the woods.', accepted: false, score: 1 }])
    expect(extractDraft(open, [guess])).toMatchObject({
      confidence: 'wip',
      content: { resolution: 'Buy earplugs for it.' },
    })
  })
})
