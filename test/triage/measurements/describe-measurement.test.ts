import { describe, expect, it } from 'vitest'
import { MESSAGE_KIND } from '../../../src/labels/message-kind.ts'
import { describeMeasurement, measuredOf } from '../../../src/triage/measurements/describe-measurement.ts'
import {
  actedOn,
  keepsBudget,
  type Measurements,
  type Tally,
} from '../../../src/triage/measurements/measurement.ts'

const complaint = { facet: MESSAGE_KIND, label: 'complaint' }

/** A source with these audited threads. */
function measured(tally: Tally, { budget = 0.1, acts = keepsBudget(tally, budget) } = {}): Measurements {
  return {
    find: () => ({ ...complaint, source: 'forum', ...tally, budget, acts }),
    audited: () => tally.audited,
    acting: () => (acts ? ['complaint'] : []),
  }
}

const inFrench = (measurements: Measurements) =>
  describeMeasurement(complaint, 'forum', measurements).sentence.fr

describe('a measurement in French', () => {
  it.each([
    [0, '0 discussion auditée'],
    [1, '1 discussion auditée'],
    [12, '12 discussions auditées'],
  ])('counts %i audited discussions, which are feminine', (audited, counted) => {
    expect(inFrench(measured({ audited, assigned: 0, right: 0 }))).toBe(
      `suggérée\u202f; pas mesurée sur cette source\u00a0: ${counted} sur 60`,
    )
  })

  it('speaks of the label, which is feminine, whatever the audit came to', () => {
    expect(inFrench(measured({ audited: 70, assigned: 4, right: 4 }))).toBe(
      'suggérée\u202f; pas mesurée sur cette source\u00a0: 70 discussions auditées, mais le modèle n’a donné cette étiquette qu’à 4 d’entre elles, il en faut 10',
    )
    expect(inFrench(measured({ audited: 70, assigned: 20, right: 1 }))).toBe(
      'suggérée\u202f; trop souvent fausse sur cette source\u00a0: 1 juste sur 20 (5\u00a0%\u202f; il faut au moins 90\u00a0%)',
    )
    expect(inFrench(measured({ audited: 70, assigned: 20, right: 19 }, { acts: false }))).toBe(
      'suggérée\u202f; sur cette source, ses erreurs coûtent plus que ne le permet le budget de risque\u00a0: 19 justes sur 20 (95\u00a0%)',
    )
    expect(inFrench(measured({ audited: 70, assigned: 20, right: 19 }))).toBe(
      'agit\u202f; mesurée sur cette source\u00a0: 19 justes sur 20 (95\u00a0%\u202f; intervalle à 95\u00a0%\u00a0: de 76 à 99\u00a0%), 70 discussions auditées',
    )
    expect(inFrench(measured({ audited: 70, assigned: 20, right: 20 }, { budget: 0 }))).toBe(
      'suggérée\u202f; un budget de risque de 0\u00a0% ne laisse cette étiquette agir nulle part',
    )
  })

  it('says so where the post names no source', () => {
    const { sentence, audited } = describeMeasurement(
      complaint,
      undefined,
      measured({ audited: 70, assigned: 20, right: 20 }),
    )
    expect(audited).toBe(0)
    expect(sentence.fr).toBe(
      'suggérée\u202f; le message ne nomme pas de source, et cette étiquette n’agit que là où elle a été mesurée',
    )
  })
})

describe('a label of a facet that acts everywhere', () => {
  it('has no measurement to state', () => {
    const measurements = measured({ audited: 70, assigned: 20, right: 20 })
    expect(measuredOf({ facet: 'category', label: 'billing' }, 'forum', measurements)).toBeUndefined()
    expect(measuredOf(complaint, 'forum', measurements)).toMatchObject({ acts: true, audited: 70 })
  })
})

it('a label that does not act is not provisional either', () => {
  const provisional = { ...complaint, decision: 'abstained' as const, provisional: { estimatedError: 0.2 } }
  const tally = { audited: 12, assigned: 3, right: 3 }
  expect(actedOn(provisional, 'forum', measured(tally)).provisional).toBeUndefined()
  expect(actedOn(provisional, 'forum', measured(tally, { acts: true }))).toMatchObject(provisional)
})
