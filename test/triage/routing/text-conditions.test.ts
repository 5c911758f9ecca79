import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../../../src/triage/routing/check-rule-set.ts'
import { holds } from '../../../src/triage/routing/condition-holds.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import {
  type Condition,
  type RoutingSubject,
  type RuleSet,
  rule,
} from '../../../src/triage/routing/routing-rule.ts'
import { createSubjectText } from '../../../src/triage/routing/subject-text.ts'

const reading = createConditionReading()
const outcome = { destination: { kind: 'queue', name: 'fraud' }, priority: 'high' } as const
const rules = (when: Condition): RuleSet => ({ rules: [rule('fraud', when, outcome)], default: outcome })

function subject(title: string, question: string, language = 'fr'): RoutingSubject {
  return {
    labels: new Map(),
    language,
    askerRole: 'member',
    facts: {},
    answered: false,
    resolved: false,
    tags: [],
    text: createSubjectText({ title, question }, language),
  }
}

const holdsOf = (condition: Condition, of: RoutingSubject) =>
  holds(condition, { subject: of, reading, calendars: {}, ofText: new Map() }, 0)

describe('a condition on words', () => {
  const french = subject(
    'Prélèvements inconnus',
    'J’ai **perdu** le réseau après la mise à jour 16.4.1 (E-204).',
  )

  it.each([
    ['a word in another form', ['prelevement'], true],
    ['a word of the question', ['réseaux'], true],
    ['a phrase across stop words', ['perte réseau', 'perdu de réseau'], true],
    ['words that do not follow each other', ['réseau jour 16.4.1 mise'], false],
    ['words in another order', ['réseau perdu'], false],
    ['a code as people write it', ['E204'], true],
    ['a version', ['16.4.1'], true],
    ['a part of a word', ['prélè'], false],
    ['a word that is not there', ['fraude'], false],
  ])('reads the text as search does: %s', (_, any, expected) => {
    expect(holdsOf({ words: { any } }, french)).toBe(expected)
  })

  it('asks for any, for all, and in one part of the text', () => {
    expect(holdsOf({ words: { any: ['fraude', 'réseau'] } }, french)).toBe(true)
    expect(holdsOf({ words: { all: ['fraude', 'réseau'] } }, french)).toBe(false)
    expect(holdsOf({ words: { all: ['perdu', 'prélèvement'] } }, french)).toBe(true)
    expect(holdsOf({ words: { any: ['réseau'], field: 'title' } }, french)).toBe(false)
    expect(holdsOf({ words: { any: ['prélèvement'], field: 'title' } }, french)).toBe(true)
  })

  it('reads English as English, and does not read the markup', () => {
    const english = subject('Unauthorised payments', 'See [my bank](https://example.com/fraud).', 'en')
    expect(holdsOf({ words: { any: ['unauthorised payment'] } }, english)).toBe(true)
    expect(holdsOf({ words: { any: ['fraud'] } }, english)).toBe(false)
  })

  it('that search passes over is refused with its place', () => {
    expect(() => checkRuleSet(rules({ all: [{ words: { any: ['fraude', 'on'] } }] }), new Map())).toThrow(
      expect.objectContaining({
        code: 'ROUTING_WORDS_EMPTY',
        message: expect.stringContaining('when/all/0/words: "on"'),
      }),
    )
  })
})

describe('a condition on a pattern', () => {
  const post = subject('Order AB-1234', 'Refund of CMD2026-77 please, it is **urgent**', 'en')

  it.each([
    ['an order number', { matches: '\\b[A-Z]{2}-\\d{4}\\b' }, true],
    ['whatever its case', { matches: 'cmd\\d{4}-\\d+' }, true],
    ['case where it matters', { matches: 'cmd\\d{4}', caseSensitive: true }, false],
    ['one part of the text', { matches: 'CMD', field: 'title' as const }, false],
    ['the plain text', { matches: 'it is urgent$' }, true],
  ])('matches %s', (_, pattern, expected) => {
    expect(holdsOf({ pattern }, post)).toBe(expected)
  })

  it.each([
    ['that is no expression', '(', 'ROUTING_PATTERN_INVALID'],
    ['with look-ahead', 'a(?=b)', 'ROUTING_PATTERN_INVALID'],
    ['with a back-reference', '(a)\\1', 'ROUTING_PATTERN_INVALID'],
    ['that repeats repetitions', '((a{100}){100}){100}', 'ROUTING_PATTERN_INVALID'],
    ['that is too large written out', '[ab].{900}', 'ROUTING_PATTERN_TOO_LARGE'],
  ])('%s is refused', (_, matches, code) => {
    expect(() => checkRuleSet(rules({ pattern: { matches } }), new Map())).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('ends on texts on which other engines take for ever', () => {
    const hostile = [
      ['(a+)+$', 'a'],
      ['(a|a)*c', 'a'],
      ['(.*a){20}c', 'a'],
      ['[ab]*a[ab]{400}c', 'ab'],
      ['(x+x+)+y', 'x'],
    ] as const
    for (const [matches, letters] of hostile) {
      const text = `${letters.repeat(20_000 / letters.length - 1)}!`
      checkRuleSet(rules({ pattern: { matches } }), new Map())
      expect(holdsOf({ pattern: { matches } }, subject('', text))).toBe(false)
    }
  })
})

describe('a condition on a probability', () => {
  const doubtful: RoutingSubject = {
    ...subject('', ''),
    labels: new Map([
      [
        'category',
        {
          label: 'billing',
          confidence: 0.7,
          decision: 'assigned',
          probabilities: { billing: 0.7, fraud: 0.15, network: 0.05 },
        },
      ],
      ['value', { label: 'high', confidence: 0.9, decision: 'assigned' }],
    ]),
  }
  it.each([
    ['of a label that is not assigned', { facet: 'category', label: 'fraud', atLeast: 0.15 }, true],
    ['that is lower than asked', { facet: 'category', label: 'fraud', atLeast: 0.16 }, false],
    ['below a limit', { facet: 'category', label: 'network', below: 0.1 }, true],
    ['of a label that is next to impossible', { facet: 'category', label: 'contract', below: 0.02 }, true],
    [
      'of a label with a name that objects have',
      { facet: 'category', label: 'constructor', atLeast: 0.01 },
      false,
    ],
    ['of a facet without prediction', { facet: 'urgency', label: 'high', below: 1 }, false],
    ['that was not kept', { facet: 'value', label: 'high', below: 1 }, false],
  ])('%s', (_, probability, expected) => {
    expect(holdsOf({ probability }, doubtful)).toBe(expected)
  })

  it('that nothing can have, or that asks for nothing, is refused', () => {
    const known = new Map([['category', new Set(['fraud'])]])
    const check = (limits: { atLeast?: number; below?: number }) =>
      checkRuleSet(rules({ probability: { facet: 'category', label: 'fraud', ...limits } }), known)
    expect(() => check({ atLeast: 0.5, below: 0.5 })).toThrow(
      expect.objectContaining({ code: 'ROUTING_RANGE_EMPTY' }),
    )
    expect(() => check({})).toThrow(expect.objectContaining({ code: 'ROUTING_CONDITION_EMPTY' }))
    expect(() =>
      checkRuleSet(rules({ probability: { facet: 'category', label: 'none', below: 1 } }), known),
    ).toThrow(expect.objectContaining({ code: 'ROUTING_LABEL_UNKNOWN' }))
  })
})
