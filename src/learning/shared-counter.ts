import { createNgramCounter, type NgramCounts, type NgramOptions } from '../text/ngrams.ts'

type Counter = (text: string) => NgramCounts

const counters = new Map<string, Counter>()

/**
 * The counter of all encoders that read texts alike. It remembers the text that it read last, so that the models of
 * several facets, asked about one post after another, read it once.
 */
export function sharedCounter(options: NgramOptions): Counter {
  const { maxCharacters, maxLength, maxWordLength, maxFeatures } = options
  const key = [maxCharacters, maxLength, maxWordLength, maxFeatures].join(' ')
  const known = counters.get(key)
  if (known !== undefined) return known
  const counter = rememberingLast(createNgramCounter(options))
  counters.set(key, counter)
  return counter
}

function rememberingLast(count: Counter): Counter {
  let last: string | undefined
  let found: NgramCounts | undefined
  return (text) => {
    if (found === undefined || text !== last) {
      last = undefined
      found = count(text)
      last = text
    }
    return found
  }
}
