import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Calendar,
  isDay,
  isTimeZone,
  readCalendar,
  WEEKDAYS,
} from '../../../src/triage/routing/calendar.ts'
import { checkRuleSet } from '../../../src/triage/routing/check-rule-set.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import { decideUntilNextTurn } from '../../../src/triage/routing/decide-destination.ts'
import {
  type Condition,
  type RoutingSubject,
  type RuleSet,
  rule,
} from '../../../src/triage/routing/routing-rule.ts'
import { propertyRuns } from '../../support/matrix.ts'

const WORKDAYS = WEEKDAYS.slice(0, 5)
const paris: Calendar = {
  timeZone: 'Europe/Paris',
  open: [{ days: WORKDAYS, from: '09:00', to: '18:00' }],
  closedDays: ['05-01', '2026-05-25'],
}
const at = (iso: string) => Date.parse(iso)
const iso = (times: Iterable<number>) => [...times].map((time) => new Date(time).toISOString())

describe('a calendar', () => {
  it.each([
    ['opens at nine in Paris, in winter', '2026-01-05T08:00:00Z', true],
    ['is closed a moment before', '2026-01-05T07:59:59.999Z', false],
    ['opens at nine in Paris, in summer', '2026-07-06T07:00:00Z', true],
    ['closes at six', '2026-07-06T16:00:00Z', false],
    ['is closed on Saturday', '2026-07-04T10:00:00Z', false],
    ['is closed on a day of every year', '2028-05-01T10:00:00Z', false],
    ['is closed on a day of one year', '2026-05-25T10:00:00Z', false],
    ['is open on that day of another year', '2027-05-25T10:00:00Z', true],
  ])('%s', (_, time, expected) => {
    expect(readCalendar(paris).isOpen(at(time))).toBe(expected)
  })

  it('opens and closes by its own clock, over the change to summer time', () => {
    const turns = readCalendar(paris).turns(at('2026-03-27T12:00:00Z'), at('2026-03-30T20:00:00Z'))
    expect(iso(turns)).toEqual([
      '2026-03-27T17:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
      '2026-03-30T16:00:00.000Z',
    ])
  })

  it('stays open over midnight, but not into or out of a closed day', () => {
    const night = readCalendar({
      timeZone: 'Europe/Paris',
      open: [{ days: ['monday', 'tuesday', 'wednesday'], from: '22:00', to: '06:00' }],
      closedDays: ['2026-01-06'],
    })
    const turns = night.turns(at('2026-01-05T12:00:00Z'), at('2026-01-09T00:00:00Z'))
    expect(iso(turns)).toEqual([
      '2026-01-05T21:00:00.000Z',
      '2026-01-05T23:00:00.000Z',
      '2026-01-07T21:00:00.000Z',
      '2026-01-08T05:00:00.000Z',
    ])
  })

  it('of the whole day is open around the clock', () => {
    const always = readCalendar({ timeZone: 'UTC', open: [{ days: WEEKDAYS, from: '00:00', to: '24:00' }] })
    expect(iso(always.turns(at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z')))).toEqual([])
    expect(always.isOpen(at('2026-01-03T23:59:59Z'))).toBe(true)
  })

  it('turns exactly where it opens or closes, in any time zone', () => {
    const times = fc.constantFrom('00:00', '02:30', '09:00', '18:30', '23:59', '24:00')
    const calendars = fc.record({
      timeZone: fc.constantFrom(
        'Europe/Paris',
        'America/St_Johns',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
        'UTC',
      ),
      open: fc.array(
        fc.record({
          days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
          from: times.filter((time) => time !== '24:00'),
          to: times,
        }),
        { maxLength: 3 },
      ),
      closedDays: fc.subarray(['10-25', '03-29', '2026-04-05', '11-01']),
    })
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 0, max: 300 }),
        fc.nat(48 * 60 - 1),
        (calendar, day, minute) => {
          const openings = readCalendar(calendar)
          const from = at('2026-01-01T00:00:00Z') + day * 86_400_000
          const instant = from + minute * 60_000
          const turns = [...openings.turns(from, from + 2 * 86_400_000)]
          const before = turns.filter((turn) => turn <= instant).length
          expect(openings.isOpen(instant)).toBe(openings.isOpen(from) !== (before % 2 === 1))
          for (const turn of turns) expect(openings.isOpen(turn)).not.toBe(openings.isOpen(turn - 1))
        },
      ),
      { numRuns: propertyRuns(300) },
    )
  })

  it('is checked: time zone, days, and that rules name one that exists', () => {
    expect([isTimeZone('Europe/Paris'), isTimeZone('Europe/Entraide')]).toEqual([true, false])
    expect([isDay('2026-02-30'), isDay('02-29'), isDay('2026-05-25')]).toEqual([false, true, true])
    const outcome = { destination: { kind: 'queue', name: 'desk' }, priority: 'normal' } as const
    const ruleSet = (calendar: string, calendars: RuleSet['calendars']): RuleSet => ({
      rules: [rule('desk', { hours: { calendar, is: 'open' } }, outcome)],
      default: outcome,
      calendars,
    })
    const code = (value: string) => expect.objectContaining({ code: value })
    expect(() => checkRuleSet(ruleSet('desk', {}), new Map())).toThrow(code('ROUTING_CALENDAR_UNKNOWN'))
    expect(() => checkRuleSet(ruleSet('constructor', {}), new Map())).toThrow(
      code('ROUTING_CALENDAR_UNKNOWN'),
    )
    const astray = { ...paris, timeZone: 'Europe/Entraide' }
    expect(() => checkRuleSet(ruleSet('desk', { desk: astray }), new Map())).toThrow(
      code('ROUTING_CALENDAR_INVALID'),
    )
    expect(() => checkRuleSet(ruleSet('desk', { desk: paris }), new Map())).not.toThrow()
  })
})

describe('a rule on hours', () => {
  const to = (name: string) => ({ destination: { kind: 'queue', name }, priority: 'normal' }) as const
  const ruleSet: RuleSet = {
    rules: [
      rule('desk', { all: [{ hours: { calendar: 'desk', is: 'open' } }, { resolved: false }] }, to('desk')),
    ],
    default: to('night'),
    calendars: { desk: paris },
  }
  const subject: RoutingSubject = {
    labels: new Map(),
    language: 'fr',
    askerRole: 'member',
    facts: {},
    askedAt: at('2026-01-09T16:00:00Z'),
    answered: false,
    resolved: false,
    tags: [],
  }
  const decide = (time: string, of = subject, by = ruleSet) => decideUntilNextTurn(by, of, new Date(time))

  it('decides until the desk closes, and again when it opens after the weekend', () => {
    expect(decide('2026-01-09T16:00:00Z')).toMatchObject({
      rule: 'desk',
      reconsiderAt: new Date('2026-01-09T17:00:00Z'),
    })
    expect(decide('2026-01-09T17:00:00Z')).toMatchObject({
      rule: 'default',
      reconsiderAt: new Date('2026-01-12T08:00:00Z'),
    })
  })

  it('is not reconsidered where the hours make no difference', () => {
    expect(decide('2026-01-09T16:00:00Z', { ...subject, resolved: true }).reconsiderAt).toBeUndefined()
  })

  it('is looked at again at the end of the day after five weeks where it stays closed', () => {
    const shut = { ...ruleSet, calendars: { desk: { ...paris, open: [] } } }
    expect(decide('2026-01-09T16:00:00Z', subject, shut)).toMatchObject({
      rule: 'default',
      reconsiderAt: new Date('2026-02-14T00:00:00Z'),
    })
  })

  it('waits for the later of an opening and an age', () => {
    const when = {
      all: [{ hours: { calendar: 'desk', is: 'open' as const } }, { unanswered: { forMinutes: 240 } }],
    }
    const late = { ...ruleSet, rules: [rule('late', when, to('agents'))] }
    expect(decide('2026-01-09T16:00:00Z', subject, late)).toMatchObject({
      rule: 'default',
      reconsiderAt: new Date('2026-01-12T08:00:00Z'),
    })
  })

  it('decides until the time that it names, in any rule set, and another one does then', () => {
    const minutes = fc.integer({ min: 0, max: 12_000 })
    const leaf: fc.Arbitrary<Condition> = fc.oneof(
      fc.constantFrom<Condition>(
        { hours: { calendar: 'desk', is: 'open' } },
        { hours: { calendar: 'night', is: 'closed' } },
        { resolved: true },
      ),
      minutes.map((forMinutes): Condition => ({ unanswered: { forMinutes } })),
      minutes.map((lessThanMinutes): Condition => ({ age: { lessThanMinutes } })),
    )
    const part = fc.oneof(
      leaf,
      leaf.map((not): Condition => ({ not })),
    )
    const parts = fc.array(part, { minLength: 1, maxLength: 3 })
    const conditions = fc.oneof(
      part,
      parts.map((all): Condition => ({ all })),
      parts.map((any): Condition => ({ any })),
    )
    const night: Calendar = {
      timeZone: 'America/New_York',
      open: [{ days: ['friday'], from: '22:00', to: '06:00' }],
    }
    const reading = createConditionReading()
    fc.assert(
      fc.property(
        fc.array(conditions, { minLength: 1, maxLength: 4 }),
        fc.nat(60 * 24 * 300),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
          minLength: 4,
          maxLength: 4,
        }),
        (whens, minute, shares) => {
          const rules: RuleSet = {
            rules: whens.map((when, index) => rule(`rule-${index}`, when, to(`queue-${index}`))),
            default: to('default'),
            calendars: { desk: paris, night },
          }
          const now = at('2026-01-05T00:00:00Z') + minute * 60_000
          const asked = { ...subject, askedAt: now - 300 * 60_000 }
          const decideAt = (time: number) => decideUntilNextTurn(rules, asked, new Date(time), reading)
          const { rule: name, reconsiderAt } = decideAt(now)
          const end = reconsiderAt?.getTime() ?? now + 90 * 86_400_000
          for (const share of shares) expect(decideAt(now + Math.floor((end - now) * share)).rule).toBe(name)
          const atHorizon = end % 86_400_000 === 0 && end - now >= 35 * 86_400_000
          if (reconsiderAt !== undefined && !atHorizon) expect(decideAt(end).rule).not.toBe(name)
        },
      ),
      { numRuns: propertyRuns(300) },
    )
  })
})
