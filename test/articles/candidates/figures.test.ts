import { expect, it } from 'vitest'
import { groupCandidates } from '../../../src/articles/candidates/typing/group-candidates.ts'
import { typeCandidate } from '../../../src/articles/candidates/typing/type-candidate.ts'
import type { CandidateThread, TypedCandidate } from '../../../src/articles/candidates/typing/types.ts'
import { createTermAnalyser } from '../../../src/text/terms/terms.ts'
import {
  articles,
  type GoldCandidate,
  gold,
  textOfArticle,
  textOfThread,
  threads,
  weightsOver,
} from './knowledge.ts'

/*
 * What docs/internals/candidates.md reports of fixtures/knowledge, with a margin. Threads are typed one by one; those
 * that no article is about are grouped, and each group is typed as a whole.
 */
const termWeight = weightsOver([...threads.map(textOfThread), ...articles.map(textOfArticle)])
const analyser = createTermAnalyser()
const type = (own: readonly CandidateThread[]): TypedCandidate =>
  typeCandidate({
    threads: own,
    articles: articles.filter(({ content }) => content.language === own[0]?.language),
    termWeight,
    analyser,
  })

const typed = new Map(threads.map((thread) => [thread.id, type([thread])]))
const open = threads.filter(({ id }) => {
  const found = typed.get(id)
  return found?.type === 'create' || (found?.type === 'none' && found.reason === 'unanswered')
})
const groups = groupCandidates(open, termWeight)
for (const group of groups)
  if (group.length > 1) {
    const found = type(group.map((id) => threads.find((thread) => thread.id === id)!))
    for (const id of group) typed.set(id, found)
  }

const isRight = ({ thread, type: right, article, reason }: GoldCandidate) => {
  const found = typed.get(thread)!
  if (found.type === 'none') return right === 'none' && found.reason === reason
  return found.type === right && ('articleId' in found ? found.articleId : undefined) === article
}
const shareRight = (own: readonly GoldCandidate[]) => own.filter(isRight).length / own.length
const goldOf = new Map(gold.map((each) => [each.thread, each]))

it('types nine of ten threads right, in both languages', () => {
  expect(shareRight(gold)).toBeGreaterThanOrEqual(0.9)
  for (const language of ['fr', 'en'])
    expect(shareRight(gold.filter(({ thread }) => thread.startsWith(language)))).toBeGreaterThanOrEqual(0.88)
})

it('types the half whose threads nobody read while the rules were written', () => {
  expect(shareRight(gold.filter(({ thread }) => Number(thread.slice(-3)) % 2 === 1))).toBeGreaterThanOrEqual(
    0.83,
  )
})

it('is right about nine of ten of the first thirty articles to write', () => {
  const first = groups
    .map(([id = '', ...others]) => ({ ids: [id, ...others], found: typed.get(id)! }))
    .filter(({ found }) => found.type === 'create')
    .sort((a, b) => b.found.evidence.solutions.length - a.found.evidence.solutions.length)
    .slice(0, 30)
  const right = first.filter(({ ids }) => ids.every((id) => goldOf.get(id)?.type === 'create'))
  expect(first).toHaveLength(30)
  expect(right.length).toBeGreaterThanOrEqual(27)
})

it('groups no two threads that are not of one candidate, and most of those that are', () => {
  const pairsOf = (ids: readonly string[]) =>
    ids.flatMap((one, at) => ids.slice(at + 1).map((other) => [one, other] as const))
  const found = groups.flatMap(pairsOf)
  const wrong = found.filter(([one, other]) => !goldOf.get(one)?.group?.includes(other))
  const all = new Set(gold.flatMap(({ group = [] }) => pairsOf(group).map((pair) => pair.join())))
  expect(wrong).toEqual([])
  expect(found.length / all.size).toBeGreaterThanOrEqual(0.75)
})
