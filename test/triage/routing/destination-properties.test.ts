import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDestination, decideUntilNextTurn } from '../../../src/triage/routing/decide-destination.ts'
import {
  type Condition,
  type RoutingSubject,
  type RuleSet,
  rule,
} from '../../../src/triage/routing/routing-rule.ts'
import { propertyRuns } from '../../support/matrix.ts'
import { asked, at, fallback, holds, MINUTE, someone, to } from './subject.ts'

const minutes = fc.integer({ min: 0, max: 60 })
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ age: fc.record({ atLeastMinutes: minutes, lessThanMinutes: minutes }, { requiredKeys: [] }) }),
  fc.record({ unanswered: fc.record({ forMinutes: minutes }) }),
  fc.constantFrom<Condition>(
    { resolved: true },
    { answered: true },
    { language: { is: 'fr' } },
    { label: { facet: 'category', is: 'billing' } },
    { abstained: { facet: 'category' } },
    { fact: { name: 'revenue', atLeast: 500 } },
  ),
) as fc.Arbitrary<Condition>
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}))
const ruleSets: fc.Arbitrary<RuleSet> = fc.array(condition, { maxLength: 6 }).map((conditions) => ({
  rules: conditions.map((when, index) => rule(`rule-${index}`, when, to(`queue-${index}`))),
  default: fallback,
}))
const subjects: fc.Arbitrary<RoutingSubject> = fc.record({
  labels: fc.constantFrom(someone.labels, new Map()),
  language: fc.constantFrom('fr', 'en'),
  askerRole: fc.constant('member' as const),
  facts: fc.record({ revenue: fc.integer({ min: 0, max: 1000 }) }),
  askedAt: fc.integer({ min: asked, max: asked + 30 * MINUTE }),
  answered: fc.boolean(),
  resolved: fc.boolean(),
  tags: fc.constant([]),
})

describe('for any rule set and subject', () => {
  const runs = { numRuns: propertyRuns(2000) }

  it('one rule decides from now until reconsiderAt, and another one then', () => {
    fc.assert(
      fc.property(
        ruleSets,
        subjects,
        minutes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rules, subject, minute, share) => {
          const now = at(minute)
          const { reconsiderAt, ...decision } = decideUntilNextTurn(rules, subject, now)
          expect(decideDestination(rules, subject, now)).toEqual(decision)
          const end = reconsiderAt?.getTime() ?? at(1000).getTime()
          expect(end).toBeGreaterThan(now.getTime())
          for (const instant of [now.getTime() + Math.floor((end - 1 - now.getTime()) * share), end - 1]) {
            const { reconsiderAt: again, ...same } = decideUntilNextTurn(rules, subject, new Date(instant))
            expect(same).toEqual(decision)
            expect(again).toEqual(reconsiderAt)
          }
          if (reconsiderAt !== undefined)
            expect(decideDestination(rules, subject, reconsiderAt).rule).not.toBe(decision.rule)
        },
      ),
      runs,
    )
  })

  it('`not` is the opposite, and `all` and `any` follow De Morgan’s laws', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        subjects,
        minutes,
        (parts, subject, minute) => {
          const now = at(minute).getTime()
          for (const part of parts)
            expect(holds({ not: part }, subject, now)).toBe(!holds(part, subject, now))
          const negated = parts.map((part): Condition => ({ not: part }))
          expect(holds({ not: { all: parts } }, subject, now)).toBe(holds({ any: negated }, subject, now))
          expect(holds({ not: { any: parts } }, subject, now)).toBe(holds({ all: negated }, subject, now))
        },
      ),
      runs,
    )
  })

  it('a rule that was put first and holds decides; one that does not hold changes nothing', () => {
    fc.assert(
      fc.property(ruleSets, condition, subjects, minutes, (rules, when, subject, minute) => {
        const first = rule('first', when, to('first'))
        const decided = decideDestination({ ...rules, rules: [first, ...rules.rules] }, subject, at(minute))
        const expected = holds(when, subject, at(minute).getTime())
          ? 'first'
          : decideDestination(rules, subject, at(minute)).rule
        expect(decided.rule).toBe(expected)
      }),
      runs,
    )
  })
})
