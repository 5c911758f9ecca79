import { describe, expect, it } from 'vitest'
import { orderByConfusion } from '../../../src/learning/evaluation/confusion-order.ts'

const cell = (truth: string, label: string, count: number) => ({ truth, label, count })
const right = (labels: readonly string[], count = 100) => labels.map((label) => cell(label, label, count))

describe('labels ordered by confusion', () => {
  it('put those that are confused side by side, and cut where they rarely are', () => {
    const labels = ['a', 'b', 'c', 'd', 'e']
    const counts = [
      ...right(labels),
      cell('a', 'e', 30),
      cell('e', 'a', 10),
      cell('b', 'd', 25),
      cell('e', 'c', 20),
      cell('d', 'c', 1),
    ]
    const { labels: order, clusters } = orderByConfusion(labels, counts)
    expect(clusters.map((cluster) => [...cluster].sort())).toEqual([
      ['b', 'd'],
      ['a', 'c', 'e'],
    ])
    const apart = (one: string, other: string) => Math.abs(order.indexOf(one) - order.indexOf(other))
    expect([apart('a', 'e'), apart('b', 'd'), apart('e', 'c'), apart('d', 'c')]).toEqual([1, 1, 1, 1])
  })

  it('do not depend on the order in which labels and counts come', () => {
    const labels = ['a', 'b', 'c', 'd']
    const counts = [...right(labels), cell('a', 'c', 10), cell('b', 'd', 10), cell('c', 'd', 10)]
    expect(orderByConfusion(labels.toReversed(), counts.toReversed())).toEqual(
      orderByConfusion(labels, counts),
    )
  })

  it('come by their rows where nothing is confused, labels without rows last', () => {
    const { labels, clusters } = orderByConfusion(['a', 'b', 'none'], [cell('a', 'a', 3), cell('b', 'b', 7)])
    expect(labels).toEqual(['b', 'a', 'none'])
    expect(clusters).toEqual([['b'], ['a'], ['none']])
    expect(orderByConfusion([], [])).toEqual({ labels: [], clusters: [] })
  })
})
