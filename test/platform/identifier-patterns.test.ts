import { expect, it } from 'vitest'
import { readConfig } from '../../src/platform/config/config.ts'

const read = (patterns: string) => readConfig({ ENTRAIDE_IDENTIFIER_PATTERNS: patterns }).identifiers

it('reads patterns of customer and order numbers', () => {
  expect(read('order-number=CMD-######, customer-number=@@.###')).toEqual([
    { kind: 'order-number', pattern: 'CMD-######' },
    { kind: 'customer-number', pattern: '@@.###' },
  ])
  expect(readConfig({}).identifiers).toEqual([])
})

it.each([
  ['of another kind', 'ticket=CMD-######'],
  ['without a kind', 'CMD-######'],
  ['that ordinary words are like', 'order-number=@@@@@@'],
  ['that every short number is', 'order-number=##'],
  ['that is one number only', 'order-number=123456'],
  ['longer than any number', `order-number=${'#'.repeat(41)}`],
  ['with nothing after a comma', 'order-number=CMD-######,'],
  ['more than fifty times', Array.from({ length: 51 }, () => 'order-number=CMD-######').join(',')],
])('refuses to start with a pattern %s', (_, patterns) => {
  expect(() => read(patterns)).toThrow(/ENTRAIDE_IDENTIFIER_PATTERNS/)
})
