import { expect, it } from 'vitest'
import { createEncoder, sharedCounter } from '../../../src/learning/features/encoder.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'

import { createNgramCounter, defaultNgramOptions } from '../../../src/text/terms/ngrams.ts'
import { toyPosts } from '../toy-posts.ts'

const { texts, labels } = toyPosts(60)

it('reads what it is asked, whoever asked before', () => {
  const shared = sharedCounter(defaultNgramOptions)
  const own = createNgramCounter(defaultNgramOptions)
  for (const text of ['one post', 'one post', 'another', '', '', 'one post']) {
    const { hashes, counts, words, size } = own(text)
    const found = shared(text)
    expect([found.words, found.size]).toEqual([words, size])
    expect(found.hashes.slice(0, size)).toEqual(hashes.slice(0, size))
    expect(found.counts.slice(0, size)).toEqual(counts.slice(0, size))
  }
})

it('lets classifiers take turns at the same posts and others', () => {
  const one = trainClassifier({ texts, labels, seed: 1 })
  const other = trainClassifier({ texts, labels: labels.map((label) => `the ${label}`), seed: 2 })
  const encode = createEncoder(one.model.vocabulary, one.model.ngrams)
  const alone = texts.map((text) => [...one.predict(text)])
  texts.forEach((text, i) => {
    other.classify(text)
    encode(texts[(i + 1) % texts.length]!)
    other.classify(text)
    expect([...one.predict(text)]).toEqual(alone[i])
  })
})
