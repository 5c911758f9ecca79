import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArticleContent } from '../../../src/articles/article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../../../src/articles/citation.ts'
import { carryPassages } from '../../../src/articles/passages/carry-passages.ts'
import type { Passage, PassageCitation } from '../../../src/articles/passages/passage.ts'

const content = (sections: Partial<ArticleContent>): ArticleContent => ({
  title: 'T',
  issue: '',
  environment: '',
  resolution: '',
  cause: '',
  language: 'en',
  ...sections,
})
const cite = (postId: string, excerpt: readonly string[] = []): PassageCitation => ({
  postId,
  excerpt,
  hash: 'h',
  accepted: true,
  answers: [],
})
const passage = (id: string, text: string, section: CitationSection = 'resolution'): Passage => ({
  id,
  section,
  text,
  citations: [cite(`post-${id}`)],
})
const cited = (passages: readonly Passage[]) =>
  passages.map(({ text, section, citations }) => [
    section,
    text,
    citations.map(({ postId }) => postId).join(),
  ])

describe('passages through an edit', () => {
  const light = passage('a', 'The red light means that the line is down.')
  const unplug = passage('b', 'Unplug the router for ten minutes. Plug it in again and wait.')

  it('keep ids and citations where they stay as they are, and in another section', () => {
    const after = carryPassages([light, unplug], content({ resolution: unplug.text, cause: light.text }))
    expect(after).toEqual([unplug, { ...light, section: 'cause' }])
  })

  it('are both cited when one is split, and keep all citations when two are joined', () => {
    const split = carryPassages(
      [unplug],
      content({ resolution: 'Unplug the router for ten minutes.\n\nPlug it in again and wait.' }),
    )
    expect(cited(split).map(([, , posts]) => posts)).toEqual(['post-b', 'post-b'])
    expect(split.map(({ id }) => id)).toEqual(['b', undefined])
    const joined = carryPassages([light, unplug], content({ resolution: `${light.text} ${unplug.text}` }))
    expect(cited(joined).map(([, , posts]) => posts)).toEqual(['post-a,post-b'])
  })

  it('send a selection to another section with its citations', () => {
    const after = carryPassages(
      [unplug],
      content({ resolution: 'Unplug the router for ten minutes.', cause: 'Plug it in again and wait.' }),
    )
    expect(cited(after).map(([section, , posts]) => [section, posts])).toEqual([
      ['resolution', 'post-b'],
      ['cause', 'post-b'],
    ])
  })

  it('keep their citations while half of their words are left, and lose them with the rest', () => {
    const reworded = 'First, unplug the old router: ten minutes. Then plug it in.'
    expect(cited(carryPassages([unplug], content({ resolution: reworded })))[0]?.[2]).toBe('post-b')
    const other = 'Call the support line and ask for another device.'
    expect(cited(carryPassages([unplug], content({ resolution: other })))[0]?.[2]).toBe('')
  })

  it('have none where they are new, even with common words', () => {
    const added = 'Then plug the lamp in.'
    const after = carryPassages(
      [light, unplug],
      content({ resolution: `${light.text}\n\n${unplug.text}\n\n${added}` }),
    )
    expect(cited(after).at(-1)?.[2]).toBe('')
  })

  it('rest on what is left of an excerpt', () => {
    const both = {
      ...unplug,
      citations: [cite('p', ['Unplug the router for ten minutes.', 'Plug it in again and wait.'])],
    }
    const after = carryPassages([both], content({ resolution: 'Unplug the router for ten minutes.' }))
    expect(after[0]?.citations[0]?.excerpt).toEqual(['Unplug the router for ten minutes.'])
  })

  it('keep their citations without a word in them, where they stay as they are', () => {
    const smile = passage('s', ':-)')
    expect(carryPassages([smile], content({ resolution: ':-)' }))).toEqual([smile])
  })

  it('stand for their section as long as it has a text', () => {
    const whole = passage('s', '', 'cause')
    expect(carryPassages([whole], content({ cause: 'Dust.' })).at(-1)).toBe(whole)
    expect(carryPassages([whole], content({ issue: 'Noise.' }))).toHaveLength(1)
  })
})

describe('citations of passages', () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/)
  const text = fc.uniqueArray(word, { minLength: 6, maxLength: 24 })
  const section = fc.constantFrom(...CITATION_SECTIONS)

  it('are never lost while passages are moved, split, joined and reworded by half', () => {
    const edit = fc.record({
      to: section,
      at: fc.nat(),
      kind: fc.constantFrom('move', 'split', 'join', 'reword'),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(text, section, edit), { minLength: 1, maxLength: 12 }), (given) => {
        const before = given.map(([words, of], at): Passage => passage(`p${at}`, words.join(' '), of))
        const sections: Record<CitationSection, string[]> = {
          issue: [],
          environment: [],
          resolution: [],
          cause: [],
        }
        for (const [words, of, { to, at, kind }] of given) {
          const blocks = sections[kind === 'move' ? to : of]
          const cut = 3 + (at % (words.length - 5))
          if (kind === 'split') blocks.push(words.slice(0, cut).join(' '), words.slice(cut).join(' '))
          else if (kind === 'join' && blocks.length > 0) blocks.push(`${blocks.pop()} ${words.join(' ')}`)
          else if (kind === 'reword')
            blocks.push(
              words.map((each, place) => (place % 2 === at % 2 ? each : `${each}${each}x`)).join(' '),
            )
          else blocks.push(words.join(' '))
        }
        const joined = (of: CitationSection) => sections[of].join('\n\n')
        const after = carryPassages(
          before,
          content({
            issue: joined('issue'),
            environment: joined('environment'),
            resolution: joined('resolution'),
            cause: joined('cause'),
          }),
        )
        const left = new Set(after.flatMap(({ citations }) => citations.map(({ postId }) => postId)))
        for (const [at, [words, , { kind, at: parity }]] of given.entries()) {
          const kept =
            kind === 'reword' ? words.filter((_, place) => place % 2 === parity % 2).length : words.length
          if (kept * 2 >= words.length) expect(left).toContain(`post-p${at}`)
        }
      }),
    )
  })

  it.each(['a ', 'a\n\n', 'a b\n\n', '- a\n', 'ab cd ef. ', '> a\n\n', '```\n', 'é '])(
    'take seconds at most to carry through megabytes of %j',
    (part) => {
      const body = part.repeat(Math.ceil(1_000_000 / part.length))
      const before = carryPassages([], content({ resolution: body }))
      const started = process.cpuUsage()
      const named = before.map((each, at) => ({ ...each, id: `p${at}`, citations: [cite('q')] }))
      carryPassages(named, content({ issue: `x${body}`, resolution: body.replaceAll('a', 'b') }))
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10)
    },
  )
})
