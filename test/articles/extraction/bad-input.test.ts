import { describe, expect, it } from 'vitest'
import { extractDraft } from '../../../src/articles/extraction/extract-draft.ts'
import { draftOf } from './material.ts'

describe('a draft of what is hardly a thread', () => {
  it('is empty without posts', () => {
    const draft = extractDraft({ title: 'Where is it?', language: 'en', names: [], posts: [] })
    expect(draft).toMatchObject({
      confidence: 'wip',
      passages: [],
      content: { title: 'Where is it?', issue: '', resolution: '' },
    })
  })

  it('has a resolution without a question', () => {
    expect(draftOf({ title: '', answers: ['Press reset.'] }).content).toMatchObject({
      title: '',
      issue: '',
      resolution: 'Press reset.',
    })
  })

  it('has the title for an issue that is empty or says nothing', () => {
    for (const question of ['', '   \n', 'Hello!', 'Merci'])
      expect(draftOf({ title: 'My box is hot', language: 'und', question }).content.issue).toBe(
        'My box is hot',
      )
  })

  it('keeps an answer that says nothing as it is', () => {
    expect(draftOf({ question: 'Why?', answers: ['Thanks!'] }).content.resolution).toBe('Thanks!')
  })

  it('keeps what is only pictures or only code', () => {
    for (const body of [
      '![one](https://example.org/1.png)\n![two](https://example.org/2.png)',
      '```\nHello\n```',
    ]) {
      const { content } = draftOf({ question: body, answers: [body] })
      expect(content).toMatchObject({ issue: body, resolution: body })
    }
  })

  it('follows structure alone in other languages', () => {
    const question = 'Hallo zusammen, mein Router startet neu. Danke im Voraus!'
    const answer = '1. Kabel ziehen.\n2. Warten.'
    expect(
      draftOf({ title: 'Router startet neu!!!', language: 'de', question, answers: [answer] }).content,
    ).toMatchObject({
      title: 'Router startet neu',
      issue: question,
      resolution: answer,
      environment: '',
    })
  })

  it('closes code that its author left open', () => {
    const { content } = draftOf({ question: 'Q?', answers: ['```\na', 'Then restart.'] })
    expect(content.resolution).toBe('```\na\n```\n\n---\n\nThen restart.')
  })

  it('takes tags, unclosed marks and control characters for text', () => {
    const question = '<b>My box</b> is **hot and [red](x\n\n<script>alert(1)\n\u0000 ~~~ `'
    expect(draftOf({ question }).content.issue).toContain('is **hot and [red](x')
  })

  it.each([
    ['sentences', 'My box restarts. Open the settings! '],
    ['lines', 'ok\n'],
    ['brackets', '['],
    ['links', '[a]('],
    ['quotes', '> '],
    ['quoted paragraphs', '> hello there all of you\n\ntext\n\n'],
    ['backticks', '` `` '],
    ['stars', '*a **b '],
    ['quotation marks', '« " “ '],
    ['dollars', '$$ a\n\n'],
    ['tables', 'a|b\n-|-\n'],
    ['spaces', '   '],
    ['capitals', 'Box Brumabox 5 '],
    ['commas', 'Hi, '],
    ['digits', '1. 2. '],
    ['list items', '- Anna: hello, thanks\n'],
    ['fences', '```\n\n'],
    ['letters', 'a'],
    ['tags', '<b '],
  ])(
    'takes seconds at most for megabytes of %s',
    (_, unit) => {
      const body = unit.repeat(Math.ceil(1_000_000 / unit.length))
      const from = performance.now()
      draftOf({ title: body, language: 'und', question: body, answers: [`x ${body}`] })
      // Quadratic time would take minutes.
      expect(performance.now() - from).toBeLessThan(20_000)
    },
    60_000,
  )
})
