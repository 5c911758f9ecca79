import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../../src/articles/extraction/blocks.ts'
import { extractDraft } from '../../../src/articles/extraction/extract-draft.ts'
import { flatten } from '../../../src/articles/extraction/flatten.ts'
import { maskSpans } from '../../../src/articles/extraction/inline-spans.ts'
import { sentencesOf } from '../../../src/articles/extraction/sentences.ts'
import { postsOf } from './material.ts'

const clauses = [
  'Hi all,',
  'Bonjour à tous,',
  'My Brumabox 5 restarts at night.',
  'La box redémarre chaque nuit !',
  'Merci d’avance',
  'Cordialement, Bernard',
  'Thanks in advance!',
  'Edit: only over HDMI.',
  'Open the settings.',
  'Then tap **Network > Reset. Now**.',
  'Cliquez sur « Réseau. Wi-Fi ».',
  'C’est dû à un filtre absent.',
  'Actually it is because the cable is old.',
  'See [a page. It helps](https://example.org/a_(b)?c=d).',
  'Run `a.b. c` and wait.',
  'M. Durand a dit : env. 5 min. max.',
  'What now?',
  '![picture. One](https://example.org/p.png)',
  '$a. b$ costs 5 $.',
]
const blocks = [
  '```\ncode. Thanks!\n\nHello\n```',
  '~~~js\n1. no list\n~~~',
  '| a | b |\n|---|---|\n| Merci | x. y |',
  '$$\nx. y\n$$',
  '- one. Two.\n- three\n\n  four',
  '1. first\n2) second',
  '> quoted. Text.',
  '# Bonjour',
  '---',
  '    indented\n\n    code',
  '<details>\n<b>x</b>\n</details>',
  '[ref]: https://example.org',
]
const mark = fc.constantFrom('\n\n', '\n', ' ', '  \n', '\n\n\n')
const markdown = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...clauses), fc.constantFrom(...blocks), fc.string()), mark), {
    maxLength: 14,
  })
  .map((parts) => parts.flat().join(''))
const whole = fc
  .array(fc.oneof(fc.constantFrom(...clauses), fc.constantFrom(...blocks)), { maxLength: 10 })
  .map((parts) => parts.join('\n\n'))
const language = fc.constantFrom('en', 'fr', 'und', 'de')

const draft = (title: string, question: string, answers: string[], comment: string, lang: string) =>
  extractDraft({
    title,
    language: lang,
    names: ['box'],
    posts: postsOf({ question, answers, comments: [{ body: comment, parentId: 'a1' }] }),
  })

/** Letters and digits only: markers of lists and space may differ, and the case of a first letter. */
const essence = (text: string) => flatten(text).replace(/[^\p{L}\p{N}]+/gu, '')

describe('any Markdown', () => {
  it('is split into blocks and sentences that join to it', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (text) => {
        const joined = blocksOf(text)
          .map(({ raw, gap }) => raw + gap)
          .join('')
        const lines = text.replace(/\r\n?/g, '\n').split('\n')
        const first = lines.findIndex((line) => line.trim() !== '')
        const expected = first < 0 ? '' : lines.slice(first).join('\n')
        expect(joined.trimEnd()).toBe(expected.trimEnd())
        expect(
          sentencesOf(text)
            .map((each) => each.text + each.gap)
            .join('')
            .trim(),
        ).toBe(text.trim())
        expect(maskSpans(text)).toHaveLength(text.length)
        expect(flatten(text)).toHaveLength(text.length)
      }),
      { numRuns: 500 },
    )
  })

  it('gives a draft', () => {
    fc.assert(
      fc.property(
        fc.string(),
        markdown,
        fc.array(markdown, { maxLength: 3 }),
        markdown,
        language,
        (title, question, answers, comment, lang) => {
          const { content } = draft(title, question, answers, comment, lang)
          expect(content.title.length).toBeLessThanOrEqual(120)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives no sentence that no post has', () => {
    fc.assert(
      fc.property(
        whole,
        fc.array(whole, { maxLength: 3 }),
        whole,
        language,
        (question, answers, comment, lang) => {
          const { passages } = draft('A title', question, answers, comment, lang)
          const bodies = new Map(
            postsOf({ question, answers, comments: [{ body: comment }] }).map(({ id, body }) => [id, body]),
          )
          for (const { section, text, postIds } of passages) {
            if (section === 'environment' && postIds.length === 0) continue
            expect(postIds.length).toBeGreaterThan(0)
            const said = postIds.map((id) => essence(bodies.get(id)!)).join(' ')
            for (const line of text.split('\n'))
              for (const { text: sentence } of sentencesOf(line.replace(/^\d+\. /, '')))
                if (sentence !== 'A title') expect(said).toContain(essence(sentence))
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('keeps its code, tables and mathematics', () => {
    fc.assert(
      fc.property(whole, language, (body, lang) => {
        const { content } = draft('A title', body, [`Wait.\n\n${body}`], '', lang)
        for (const block of blocksOf(body).filter(({ kind }) =>
          ['code', 'table', 'math', 'definition'].includes(kind),
        )) {
          expect(content.issue).toContain(block.raw)
          expect(content.resolution).toContain(block.raw)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('gives an issue that extraction leaves alone', () => {
    fc.assert(
      fc.property(whole, language, (question, lang) => {
        const once = draft('A title', question, [], '', lang).content.issue
        expect(draft('A title', once, [], '', lang).content.issue).toBe(once)
      }),
      { numRuns: 300 },
    )
  })
})
