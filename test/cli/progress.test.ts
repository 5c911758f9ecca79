import { expect, it } from 'vitest'
import { trainingLines } from '../../src/cli/progress.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'

it('a training without a terminal tells how far it has come, a line a quarter', async () => {
  const written: string[] = []
  const display = trainingLines((line) => written.push(line))
  const texts = Array.from({ length: 60 }, (_, at) => `${at % 2 === 0 ? 'invoice' : 'network'} number ${at}`)
  const labels = texts.map((text) => text.split(' ')[0]!)
  for (const [training, facet] of ['category', 'urgency'].entries())
    await trainClassifier({
      texts,
      labels,
      seed: 1,
      onProgress: (progress) => display.update({ training, trainings: 2, ...progress }, facet),
    })
  const told = (facet: string) => written.filter((line) => line.startsWith(`  ${facet} (`))
  for (const [at, facet] of ['category', 'urgency'].entries()) {
    const shares = told(facet).map((line) => Number(/(\d+) %$/.exec(line)?.[1]))
    expect(told(facet)[0]).toMatch(new RegExp(`^  ${facet} \\(${at + 1} of 2\\): 0 %$`))
    expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(100)
    expect(shares.length).toBeGreaterThanOrEqual(3)
  }
})
