import { cosine, vectorOf } from '../../../search/find-near-duplicates.ts'
import type { TermAnalyser } from '../../../text/terms/terms.ts'
import { type ReadThread, solutionsOf } from './solution.ts'
import { type Statement, statementsOf } from './statements.ts'
import { type TermCounts, termsOf } from './terms.ts'
import type { NearArticle, TermWeight } from './types.ts'
import { areSiblings, isSame, type Value, valuesOf } from './values.ts'
import type { TypingWords } from './words.ts'

/** An article that may be about a candidate. */
export interface ArticleMatch {
  readonly article: NearArticle
  /** Question and answer against the whole article, in [0, 1]. */
  readonly likeness: number
  /** The question alone against title, issue and environment, in [0, 1]. */
  readonly asked: number
  /** Terms that both have, the rarest first. */
  readonly terms: readonly string[]
}

const MOST_ARTICLES = 20
const TITLE_WEIGHT = 3
const MOST_TERMS = 8
/** What a thread says of documentation speaks for an article that is about it. */
const CITED = 0.06
/** A path that ends beside the article's leads to something else. */
const BESIDE = 0.06
/** `…, not change it`: what a title names to leave it out. */
const LEFT_OUT = /[,(–-] ?(?:not|rather than|instead of|pas|et non|plut[oô]t que?) [^,.;()?]{1,80}/giu

/** The article that is most like the threads of a candidate; undefined where none has a term of theirs. */
export function bestMatch(
  reads: readonly ReadThread[],
  articles: readonly NearArticle[],
  { analyser, termWeight }: { readonly analyser: TermAnalyser; readonly termWeight: TermWeight },
): ArticleMatch | undefined {
  if (articles.length === 0) return undefined
  const language = reads[0]?.thread.language ?? 'und'
  const asked = reads.flatMap(({ title, question }) => [
    [title.text.replace(LEFT_OUT, ''), TITLE_WEIGHT] as const,
    [question?.body ?? '', 1] as const,
  ])
  const answered = reads.flatMap((read) => solutionsOf(read).map(({ post }) => [post.body, 1] as const))
  const question = vectorOf(termsOf(analyser, language, ...asked), termWeight)
  const whole = termsOf(analyser, language, ...asked, ...answered)
  const wholeVector = vectorOf(whole, termWeight)
  const cites = reads.some((read) => citesArticles(read))
  const values = reads.flatMap((read) =>
    solutionsOf(read).flatMap(({ statements }) => pathsOf(statements, read.words)),
  )
  const matches = articles.slice(0, MOST_ARTICLES).map((article): ArticleMatch => {
    const { title, issue, environment, resolution, cause } = article.content
    const about = [
      [title, TITLE_WEIGHT],
      [issue, 1],
      [environment, 1],
    ] as const
    const subject = termsOf(analyser, language, ...about)
    const all = termsOf(analyser, language, ...about, [resolution, 1], [cause, 1])
    const own = pathsOf(statementsOf(resolution), reads[0]?.words ?? [])
    const isBeside =
      values.some((one) => own.some((other) => areSiblings(one, other))) &&
      !values.some((one) => own.some((other) => isSame(one, other)))
    const likeness =
      cosine(wholeVector, vectorOf(all, termWeight)) + (cites ? CITED : 0) - (isBeside ? BESIDE : 0)
    return {
      article,
      likeness: Math.min(1, Math.max(0, likeness)),
      asked: cosine(question, vectorOf(subject, termWeight)),
      terms: sharedTerms(whole, all, termWeight),
    }
  })
  return matches.sort((a, b) => b.likeness - a.likeness)[0]
}

function citesArticles(read: ReadThread): boolean {
  const said = [read.title, ...read.asked, ...solutionsOf(read).flatMap(({ statements }) => statements)]
  return said.some(({ flat }) => read.words.some(({ cites }) => cites.test(flat)))
}

function pathsOf(statements: readonly Statement[], words: readonly TypingWords[]): Value[] {
  return statements.flatMap(({ text }) => valuesOf(text, words)).filter(({ kind }) => kind === 'path')
}

function sharedTerms(one: TermCounts, other: TermCounts, weightOf: TermWeight): string[] {
  return [...one.keys()]
    .filter((term) => other.has(term))
    .sort((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1))
    .slice(0, MOST_TERMS)
}
