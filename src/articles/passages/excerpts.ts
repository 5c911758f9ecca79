import type { SectionBlock } from './section-blocks.ts'
import { itemsOf, type Statement, statementsOf, wordsIn } from './statements.ts'

/** So much of the shorter of two statements is in the longer one, where they say the same. */
const SAME = 0.75
/** Statements compared; hostile texts have more. */
const MOST_COMPARED = 300

/**
 * What of a post a passage rests on: the statements that the passage repeats, or of which it repeats a part. Of an
 * environment, the names that the post names.
 */
export function excerptOf({ section, text: passage }: SectionBlock, stated: readonly Statement[]): string[] {
  if (section === 'environment') {
    const words = ` ${stated.flatMap(({ text }) => wordsIn(text)).join(' ')} `
    const names = itemsOf(passage).map(({ text }) => text)
    return names.filter((name) => words.includes(` ${wordsIn(name).join(' ')} `))
  }
  const own = setsOf(statementsOf(passage))
  return [
    ...new Set(
      stated
        .slice(0, MOST_COMPARED)
        .filter(({ text }) => own.some((each) => areAlike(each, new Set(wordsIn(text)))))
        .map(({ text }) => text),
    ),
  ]
}

/** What is left of an excerpt when its passage was edited: what the passage still says; all of it where that is nothing. */
export function narrowExcerpt(excerpt: readonly string[], passage: string): readonly string[] {
  if (excerpt.length < 2) return excerpt
  const own = setsOf(statementsOf(passage))
  const left = excerpt.filter((text) => own.some((each) => areAlike(each, new Set(wordsIn(text)))))
  return left.length === 0 ? excerpt : left
}

/** How much of the shorter of two texts is in the other, from 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const word of small) if (large.has(word)) common += 1
  return small.size === 0 ? 0 : common / small.size
}

function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return likeness(a, b) >= SAME
}

function setsOf(statements: readonly Statement[]): ReadonlySet<string>[] {
  return statements.slice(0, MOST_COMPARED).map(({ text }) => new Set(wordsIn(text)))
}
