import { describe, expect, it } from 'vitest'
import { decideDestination, decideUntilNextTurn } from '../../../src/triage/routing/decide-destination.ts'
import {
  builtInRuleSet,
  type Condition,
  type RoutingSubject,
  type RuleSet,
  rule,
  type SubjectLabel,
} from '../../../src/triage/routing/routing-rule.ts'
import { usualOrder } from '../../../src/triage/routing/routing-schemas.ts'
import { asked, at, fallback, holds, someone, to } from './subject.ts'

describe('a condition', () => {
  const cases: [name: string, condition: Condition, expected: boolean][] = [
    ['an assigned label', { label: { facet: 'category', is: 'billing' } }, true],
    ['another label', { label: { facet: 'category', is: 'network' } }, false],
    ['one of several labels', { label: { facet: 'category', in: ['network', 'billing'] } }, true],
    ['a label confidently enough', { label: { facet: 'category', is: 'billing', minConfidence: 0.8 } }, true],
    ['a label more confidently', { label: { facet: 'category', is: 'billing', minConfidence: 0.81 } }, false],
    ['a label that was not assigned', { label: { facet: 'urgency', is: 'high' } }, false],
    ['a facet without label', { label: { facet: 'value' } }, false],
    ['confidence, assigned or not', { confidence: { facet: 'urgency', below: 0.4 } }, true],
    ['confidence within bounds', { confidence: { facet: 'category', atLeast: 0.8, below: 0.81 } }, true],
    ['confidence of no label', { confidence: { facet: 'value', below: 1 } }, false],
    ['an abstention', { abstained: { facet: 'urgency' } }, true],
    ['no abstention', { abstained: { facet: 'category' } }, false],
    ['an abstention without model', { abstained: { facet: 'value' } }, false],
    ['language', { language: { in: ['fr', 'en'] } }, true],
    ['source', { source: { is: 'forum' } }, true],
    ['askerRole', { askerRole: { is: 'member' } }, false],
    ['reputation', { reputation: { atLeast: 120 } }, true],
    ['a text fact', { fact: { name: 'segment', is: 'business' } }, true],
    ['a number fact in bounds', { fact: { name: 'revenue', atLeast: 900, atMost: 900 } }, true],
    ['a number fact out of bounds', { fact: { name: 'revenue', atLeast: 901 } }, false],
    ['a number for a fact that is text', { fact: { name: 'segment', atLeast: 0 } }, false],
    ['a fact as it is typed', { fact: { name: 'revenue', is: '900' } }, false],
    ['a yes-or-no fact', { fact: { name: 'vip', in: [true] } }, true],
    ['a fact that is stated', { fact: { name: 'vip' } }, true],
    ['a fact that every object seems to have', { fact: { name: 'constructor' } }, false],
    ['resolved', { resolved: false }, true],
    ['answered', { answered: true }, false],
    ['views', { views: { atLeast: 41 } }, false],
    ['a tag', { tag: { in: ['adsl', 'box'] } }, true],
    ['not', { not: { language: { is: 'fr' } } }, false],
    ['all', { all: [{ resolved: false }, { language: { is: 'en' } }] }, false],
    ['any', { any: [{ resolved: true }, { language: { is: 'fr' } }] }, true],
  ]
  it.each(cases)('tests %s', (_, condition, expected) => {
    expect(holds(condition, someone, asked)).toBe(expected)
  })

  describe('on a label whose budget cannot be shown to be kept', () => {
    const young: RoutingSubject = {
      ...someone,
      labels: new Map([
        [
          'category',
          { label: 'billing', confidence: 0.7, decision: 'abstained', provisional: { estimatedError: 0.25 } },
        ],
        ['urgency', { label: 'high', confidence: 0.9, decision: 'assigned' }],
      ]),
    }
    const billing = { facet: 'category', is: 'billing', minConfidence: 0.6 } as const
    const provisionally: Condition = { label: { ...billing, provisional: true } }
    const decided = (when: Condition) =>
      decideDestination({ rules: [rule('one', when, to('one'))], default: fallback }, young, new Date(asked))
    const assignment = { facet: 'category', label: 'billing', confidence: 0.7, estimatedError: 0.25 }

    it('does not hold unless it asks for provisional assignments', () => {
      expect(decided({ label: billing })).toMatchObject({ rule: 'default', provisional: undefined })
      expect(holds({ abstained: { facet: 'category' } }, young, asked)).toBe(true)
    })

    it('holds when it asks for them, from its probability on, and the decision says what it rests on', () => {
      expect(decided(provisionally)).toMatchObject({ rule: 'one', provisional: [assignment] })
      const surer: Condition = { label: { ...billing, minConfidence: 0.71, provisional: true } }
      expect(decided(surer)).toMatchObject({ rule: 'default', provisional: undefined })
    })

    it('is not what a decision rests on where the rule holds without it', () => {
      const assigned: Condition = { label: { facet: 'urgency', is: 'high' } }
      expect(decided({ any: [provisionally, assigned] }).provisional).toBeUndefined()
      expect(decided({ all: [provisionally, assigned] }).provisional).toEqual([assignment])
      expect(
        decided({ not: { label: { facet: 'category', is: 'network', provisional: true } } }),
      ).toMatchObject({
        rule: 'one',
        provisional: undefined,
      })
    })

    it('does not hold where the model abstained for another reason', () => {
      const novel = { label: 'billing', confidence: 0.99, decision: 'abstained' } as const
      const subject = { ...young, labels: new Map([['category', novel]]) }
      expect(holds(provisionally, subject, asked)).toBe(false)
    })
  })

  it('about what is not known does not hold', () => {
    const stranger: RoutingSubject = {
      labels: new Map(),
      language: 'und',
      askerRole: 'unknown',
      facts: {},
      answered: false,
      resolved: false,
      tags: [],
    }
    const unknowable: Condition[] = [
      { source: { in: ['forum'] } },
      { reputation: { atMost: 1000 } },
      { views: { atMost: 1000 } },
      { age: { atLeastMinutes: 0 } },
      { age: { lessThanMinutes: 1000 } },
      { unanswered: { forMinutes: 0 } },
      { tag: {} },
    ]
    for (const condition of unknowable) expect(holds(condition, stranger, asked)).toBe(false)
  })

  it('on time turns at the very instant', () => {
    const age: Condition = { age: { atLeastMinutes: 10, lessThanMinutes: 20 } }
    const times = [at(10).getTime() - 1, at(10).getTime(), at(20).getTime() - 1, at(20).getTime()]
    expect(times.map((now) => holds(age, someone, now))).toEqual([false, true, true, false])
    const unanswered: Condition = { unanswered: { forMinutes: 10 } }
    expect(times.map((now) => holds(unanswered, someone, now))).toEqual([false, true, true, true])
    expect(holds(unanswered, { ...someone, answered: true }, at(30).getTime())).toBe(false)
  })
})

describe('a rule set', () => {
  it('decides by its first rule that holds, and by its default when none does', () => {
    const ruleSet: RuleSet = {
      rules: [
        rule('english', { language: { is: 'en' } }, to('english')),
        rule(
          'billing',
          { label: { facet: 'category', is: 'billing' } },
          { ...to('billing'), slaMinutes: 30 },
        ),
        { ...rule('all', { resolved: false }, to('rest')) },
      ],
      default: fallback,
    }
    expect(decideDestination(ruleSet, someone, at(0))).toEqual({
      rule: 'billing',
      ...to('billing'),
      slaMinutes: 30,
    })
    expect(decideDestination(ruleSet, { ...someone, labels: new Map(), resolved: true }, at(0))).toEqual({
      rule: 'default',
      ...fallback,
    })
  })

  it('built in sends what the category model is not sure of to triage, and leaves the rest to the community', () => {
    const unsure = { label: 'billing', confidence: 0.2, decision: 'abstained' } as const
    expect(
      decideDestination(builtInRuleSet, { ...someone, labels: new Map([['category', unsure]]) }, at(0)),
    ).toMatchObject({ rule: 'not-sure', destination: { kind: 'queue', name: 'triage' } })
    expect(decideDestination(builtInRuleSet, someone, at(0))).toMatchObject({
      rule: 'default',
      destination: { kind: 'community' },
    })
  })

  it.each([
    ['complaint', 'complaints', 'complaints'],
    ['idea', 'ideas', 'ideas'],
    ['thanks', 'nothing-asked', 'community'],
    ['announcement', 'nothing-asked', 'community'],
    ['question', 'not-sure', 'triage'],
  ])('built in sends a post of kind %s by the rule %s to %s', (kind, rule, destination) => {
    const labels = new Map<string, SubjectLabel>([
      ['category', { label: 'billing', confidence: 0.2, decision: 'abstained' }],
      ['message-kind', { label: kind, confidence: 0.95, decision: 'assigned' }],
    ])
    const decision = decideDestination(builtInRuleSet, { ...someone, labels }, at(0))
    expect(decision).toMatchObject({ rule, destination: { name: destination } })
  })

  it('in the usual order asks the community first, experts after a delay, an agent after that', () => {
    const { facts: _, ...rest } = someone
    const subject = { ...rest, facts: {} }
    const decided = [0, 239, 240, 1439, 1440, 100_000].map((minutes) =>
      decideUntilNextTurn(usualOrder, subject, at(minutes)),
    )
    expect(decided.map(({ destination }) => destination.kind)).toEqual([
      'community',
      'community',
      'expert',
      'expert',
      'queue',
      'queue',
    ])
    expect(decided.map(({ reconsiderAt }) => reconsiderAt)).toEqual([
      at(240),
      at(240),
      at(1440),
      at(1440),
      undefined,
      undefined,
    ])
  })

  it('passes over instants at which a condition turns but the same rule goes on deciding', () => {
    const ruleSet: RuleSet = {
      rules: [
        rule('never', { all: [{ resolved: true }, { age: { atLeastMinutes: 5 } }] }, to('never')),
        rule('young', { age: { lessThanMinutes: 60 } }, to('young')),
        rule('later', { age: { atLeastMinutes: 10 } }, to('later')),
      ],
      default: fallback,
    }
    expect(decideUntilNextTurn(ruleSet, someone, at(0))).toMatchObject({
      rule: 'young',
      reconsiderAt: at(60),
    })
    expect(decideUntilNextTurn(ruleSet, someone, at(60)).reconsiderAt).toBeUndefined()
  })
})
