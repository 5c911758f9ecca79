import { describe, expect, it } from 'vitest'
import { diffRuleSets } from '../../../src/triage/routing/diff-rule-sets.ts'
import { type RuleSet, rule } from '../../../src/triage/routing/routing-rule.ts'

const to = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const
const named = (name: string, queue = name) => rule(name, { tag: { is: name } }, to(queue))
const ruleSet = (...rules: RuleSet['rules']): RuleSet => ({ rules, default: to('default') })

describe('the difference of two rule sets', () => {
  it('is nothing where they decide alike, whatever the order of keys', () => {
    const shuffled = JSON.parse(
      '{"default":{"priority":"normal","destination":{"name":"default","kind":"queue"}},"rules":[]}',
    )
    expect(diffRuleSets(ruleSet(), shuffled)).toEqual({
      added: [],
      removed: [],
      changed: [],
      moved: [],
      default: undefined,
      calendars: [],
      same: true,
    })
  })

  it('names what was added, removed and changed, each by its name', () => {
    const before = ruleSet(named('a'), named('b'), named('c'))
    const after = ruleSet(named('a'), named('c', 'elsewhere'), named('d'))
    expect(diffRuleSets(before, after)).toMatchObject({
      added: [named('d')],
      removed: [named('b')],
      changed: [{ name: 'c', before: named('c'), after: named('c', 'elsewhere') }],
      moved: [],
      same: false,
    })
  })

  it('names as few moves as explain the new order', () => {
    const [a, b, c, d, e] = [named('a'), named('b'), named('c'), named('d'), named('e')]
    const all = [a, b, c, d, e]
    expect(diffRuleSets(ruleSet(...all), ruleSet(e, a, b, c, d)).moved).toEqual([
      { name: 'e', from: 5, to: 1 },
    ])
    expect(diffRuleSets(ruleSet(...all), ruleSet(b, c, d, a, e)).moved).toEqual([
      { name: 'a', from: 1, to: 4 },
    ])
    // A rule put before others moves none of them.
    expect(diffRuleSets(ruleSet(...all), ruleSet(named('new'), ...all)).moved).toEqual([])
  })

  it('shows the default and each calendar before and after', () => {
    const desk = { timeZone: 'Europe/Paris', open: [] }
    const before = { ...ruleSet(), calendars: { desk, night: desk } }
    const after = {
      ...ruleSet(),
      default: to('other'),
      calendars: { desk: { ...desk, closedDays: ['12-25'] } },
    }
    expect(diffRuleSets(before, after)).toMatchObject({
      default: { before: to('default'), after: to('other') },
      calendars: [
        { name: 'desk', before: desk, after: { ...desk, closedDays: ['12-25'] } },
        { name: 'night', before: desk, after: undefined },
      ],
      same: false,
    })
  })
})
