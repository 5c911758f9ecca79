import { describe, expect, it } from 'vitest'
import { groupCandidates } from '../../../src/articles/candidates/typing/group-candidates.ts'
import { typeCandidate } from '../../../src/articles/candidates/typing/type-candidate.ts'
import type { CandidateThread, TypedCandidate } from '../../../src/articles/candidates/typing/types.ts'
import { textOfArticle, textOfThread, weightsOver } from './knowledge.ts'
import { ownArticles, threadsOfArticles } from './own-articles.ts'
import { type OwnThread, ownThreads, threadOf } from './own-threads.ts'

const termWeight = weightsOver([
  ...ownArticles.map(textOfArticle),
  ...threadsOfArticles.map((own) => textOfThread(threadOf(own))),
])
const typeOf = (...threads: readonly CandidateThread[]): TypedCandidate =>
  typeCandidate({
    threads,
    articles: ownArticles.filter(({ content }) => content.language === threads[0]?.language),
    termWeight,
  })
const typeOfOwn = (own: OwnThread) => typeCandidate({ threads: [threadOf(own)], articles: [], termWeight })
const titled = (title: string): OwnThread => {
  const found = [...ownThreads, ...threadsOfArticles].find((own) => own.title === title)
  if (found === undefined) throw new Error(`no thread is called ${title}`)
  return found
}

describe('without an article about it', () => {
  it.each(ownThreads)('“$title” is $reason', (own) => {
    const found = typeOfOwn(own)
    expect(found.type === 'none' ? found.reason : found.type).toBe(own.reason ?? 'create')
  })

  it('a predicted kind decides where words do not', () => {
    const own: OwnThread = {
      language: 'en',
      title: 'Opening hours',
      question: 'The desk closes at four on Fridays.',
    }
    const thread = { ...threadOf(own), messageKind: 'announcement' }
    expect(typeCandidate({ threads: [thread], articles: [], termWeight })).toMatchObject({
      type: 'none',
      reason: 'announcement',
    })
  })

  it('a predicted kind does not outweigh an answer that helps others', () => {
    const thread = {
      ...threadOf(titled('Exporting transactions to a spreadsheet')),
      messageKind: 'complaint',
    }
    expect(typeOf(thread).type).toBe('create')
  })

  it('a reason comes with the words that speak for it, and their post', () => {
    expect(typeOfOwn(titled('Worst customer service of any bank')).evidence.cues).toEqual([
      { threadId: 't1', postIds: [], text: 'Worst customer service of any bank' },
      { threadId: 't1', postIds: ['t1-q'], text: 'You should be ashamed of yourselves.' },
      { threadId: 't1', postIds: ['t1-q'], text: 'I am leaving.' },
    ])
  })

  it.each([
    ['Exporting transactions to a spreadsheet', 'accepted'],
    ['No hot water on the first floor', 'confirmed'],
  ])('“%s” is solved by an answer that is %s', (title, by) => {
    expect(typeOfOwn(titled(title)).evidence.solutions).toEqual([{ threadId: 't1', postId: 't1-a1', by }])
  })

  it('an answer by an expert counts without a tick, unless who asked says that it did not help', () => {
    const own: OwnThread = {
      language: 'en',
      title: 'Grinder stalls on dark roasts',
      question: 'It stalls on dark roasts, not on light ones. Why?',
      answers: ['expert: Open the lower burr by two clicks: press and hold **Set**, then turn to the right.'],
    }
    expect(typeOfOwn(own)).toMatchObject({ type: 'create', evidence: { solutions: [{ by: 'trusted' }] } })
    expect(typeOfOwn({ ...own, answers: [...own.answers!, '↳ Did not help, still stalls.'] })).toMatchObject({
      type: 'none',
      reason: 'unanswered',
    })
  })

  it('a group deserves an article when one of its threads is solved', () => {
    const asked = { ...titled('Exporting transactions to a spreadsheet'), answers: [] }
    const group = [threadOf(asked, 't1'), threadOf(titled('Exporting transactions to a spreadsheet'), 't2')]
    expect(typeOf(...group)).toMatchObject({ type: 'create', evidence: { solutions: [{ threadId: 't2' }] } })
  })
})

describe('with an article about it', () => {
  it.each(threadsOfArticles)('“$title” is $type', (own) => {
    const found = typeOf(threadOf(own))
    expect([found.type, 'articleId' in found ? found.articleId : undefined]).toEqual([
      own.type,
      'articleId' in own ? own.articleId : undefined,
    ])
  })

  it('the values that differ are named on both sides', () => {
    const { differences } = typeOf(
      threadOf(titled('Help says £300 a day, the machine gave me £500')),
    ).evidence
    expect(differences).toEqual([
      {
        kind: 'amount',
        inAnswer: '£500',
        inArticle: '£300',
        quote: expect.objectContaining({ threadId: 't1', postIds: ['t1-a1'] }),
        statement: 'You can withdraw **£300** a day and £1,000 a week.',
      },
    ])
  })

  it('what is over is named by the article’s statement', () => {
    const found = typeOf(threadOf(titled('Micrologiciel : plus de menu Version dans l’appareil')))
    expect(found.evidence.differences).toContainEqual(
      expect.objectContaining({
        kind: 'ended',
        statement: 'Copiez le fichier à la racine d’une carte vide.',
      }),
    )
  })

  it('yes where the article says no contradicts it, once something changed', () => {
    const content = {
      title: 'Can I pay by cheque?',
      issue: 'I want to pay my bill by cheque.',
      environment: '',
      resolution: 'No, bills are paid by card or transfer.',
      cause: '',
      language: 'en',
    }
    const thread = threadOf({
      language: 'en',
      title: 'Paying the bill by cheque',
      question: 'Can I pay my bill by cheque?',
      answers: ['✓ staff: Yes, since March 2024 we take cheques for a bill as well as a card or transfer.'],
    })
    const found = typeCandidate({ threads: [thread], articles: [{ id: 'a', content }], termWeight })
    expect(found).toMatchObject({ type: 'contradicts', evidence: { differences: [{ kind: 'yes-no' }] } })
  })

  it('the statements that the article lacks are quoted', () => {
    const { additions } = typeOf(threadOf(titled('Firmware update: "file not found" on the camera'))).evidence
    expect(additions.map(({ text }) => text).join(' ')).toContain('`FW0210.BIN`')
  })

  it('an article that answers a question nobody answered is a link, unless it is empty', () => {
    const thread = threadOf({
      language: 'en',
      title: 'How much can I withdraw from a cash machine?',
      question: 'The machine refuses my withdrawal.',
    })
    expect(typeOf(thread)).toMatchObject({ type: 'link', articleId: 'limit-en' })
    const [article] = ownArticles
    const empty = { id: 'limit-en', content: { ...article!.content, resolution: '' } }
    expect(typeCandidate({ threads: [thread], articles: [empty], termWeight })).toMatchObject({
      type: 'none',
      reason: 'unanswered',
    })
  })
})

describe('threads that ask the same', () => {
  const answer =
    '✓ expert: Statements > Search > Period, then the three dots > Export as CSV, back to seven years.'
  const thread = (id: string, title: string, question: string, language: 'en' | 'fr' = 'en') =>
    threadOf({ language, title, question, answers: [answer] }, id)

  it('are one group by the way that solves them, whatever words ask for it', () => {
    const threads = [
      thread('a', 'Exporting transactions to a spreadsheet', 'My accountant wants the whole year.'),
      threadOf(titled('White balance jumps between shots'), 'b'),
      thread('c', 'Whole year of transactions as a file?', 'For my tax return.'),
    ]
    expect(groupCandidates(threads, termWeight)).toEqual([['a', 'c'], ['b']])
  })

  it('are not where their titles name other numbers, nor across languages', () => {
    const threads = [
      thread('a', 'Export fails with error 502', 'What is error 502?'),
      thread('b', 'Export fails with error 504', 'What is error 504?'),
      thread('c', 'Export fails with error 502', 'What is error 502?', 'fr'),
    ]
    expect(groupCandidates(threads, termWeight)).toEqual([['a'], ['b'], ['c']])
  })
})

describe('any text', () => {
  const hostile: Readonly<Record<string, string>> = {
    paths: 'a > '.repeat(300_000),
    stars: '*'.repeat(500_000),
    ticks: '`'.repeat(500_000),
    digits: '9'.repeat(500_000),
    items: '- since 3.1 no longer x > y\n'.repeat(30_000),
    names: 'constructor __proto__ toString '.repeat(30_000),
    halves: '\u0000\ud800 '.repeat(100_000),
    nothing: '',
  }

  it.each(Object.entries(hostile))('of %s is typed and grouped in time linear in it', (_, body) => {
    for (const language of ['en', 'fr', 'und', 'xx']) {
      const own = threadOf({ language: 'en', title: body, question: body, answers: [`✓ staff: ${body}`] })
      const thread = { ...own, language }
      const content = { title: body, issue: body, environment: '', resolution: body, cause: '', language }
      const started = performance.now()
      typeCandidate({ threads: [thread], articles: [{ id: 'a', content }], termWeight })
      groupCandidates([thread, { ...thread, id: 't2' }], termWeight)
      expect(performance.now() - started).toBeLessThan(5000)
    }
  })

  it('of no posts is nothing that anybody answered', () => {
    const thread = { id: 't1', title: '', language: 'en', posts: [] }
    expect(typeOf(thread)).toMatchObject({ type: 'none', reason: 'unanswered' })
  })
})
