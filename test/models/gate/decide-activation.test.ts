import { describe, expect, it } from 'vitest'
import { decideActivation } from '../../../src/models/gate/decide-activation.ts'
import { testParity } from '../../../src/models/gate/evaluate-candidate.ts'
import type { Comparison, GateTest, PairedPrediction } from '../../../src/models/gate/gate-evidence.ts'
import { testComparisons } from '../../../src/models/gate/test-comparisons.ts'
import type { VersionEvaluation } from '../../../src/models/registry/model-version.ts'

const evaluation = (right: number, majority = 20, threads = 100): VersionEvaluation => ({
  basis: 'held-out',
  threads,
  fingerprint: '',
  candidate: {
    right,
    accuracy: right / threads,
    macroF1: 0,
    coverage: 0,
    wrongAmongAssigned: 0,
    calibrationError: 0,
  },
  majority: { label: 'billing', right: majority, accuracy: majority / threads },
})

interface Counts {
  readonly lost: number
  readonly gained: number
  /** Right by both. */
  readonly same: number
  readonly language?: string
  readonly label?: string
}

const cases = ({ lost, gained, same, language = 'und', label = 'billing' }: Counts): PairedPrediction[] => [
  ...Array.from({ length: lost }, () => ({ language, label, before: true, now: false })),
  ...Array.from({ length: gained }, () => ({ language, label, before: false, now: true })),
  ...Array.from({ length: same }, () => ({ language, label, before: true, now: true })),
]

/** Labels with nine threads each, too few to be tested on their own. */
const spread = (some: readonly PairedPrediction[]) =>
  some.map((each, at) => ({ ...each, label: `label ${Math.floor(at / 9)}` }))

/** The decision with its reason in English. */
const inEnglish = ({ activate, reason }: ReturnType<typeof decideActivation>) => ({
  activate,
  reason: reason.en,
})

const decideInBoth = (tests: readonly GateTest[], right = 80) =>
  decideActivation({ evaluation: evaluation(right), gate: { version: 3, tests } }, { requireParity: false })

const decide = (comparisons: readonly Comparison[], right = 80) =>
  inEnglish(decideInBoth(testComparisons(comparisons), right))

describe('the gate', () => {
  it('lets a candidate through that equals the active version, or beats it', () => {
    const equal = decide([{ on: 'held-out', cases: spread(cases({ lost: 9, gained: 9, same: 400 })) }])
    expect(equal).toEqual({
      activate: true,
      reason:
        'Activated: 80.0% of 100 threads correct in held-out predictions (cross-validation); no measurable difference from version 3 among 418 threads with held-out predictions (p = 1.00).',
    })
    const better = decide([{ on: 'held-out', cases: spread(cases({ lost: 3, gained: 19, same: 400 })) }])
    expect(better).toEqual({
      activate: true,
      reason:
        'Activated: 80.0% of 100 threads correct in held-out predictions (cross-validation); better than version 3: 19 more threads correct and 3 fewer among 422 threads with held-out predictions (p < 0.001).',
    })
  })

  it('names no counts that read as worse where there is no measurable difference, in English and French', () => {
    const shaken = testComparisons([
      { on: 'held-out', cases: spread(cases({ lost: 26, gained: 17, same: 400 })) },
    ])
    const { activate, reason } = decideInBoth(shaken)
    expect(activate).toBe(true)
    expect(reason).toEqual({
      en: 'Activated: 80.0% of 100 threads correct in held-out predictions (cross-validation); no measurable difference from version 3 among 443 threads with held-out predictions (p = 0.22).',
      fr: 'Activée\u00a0: 80,0\u00a0% de 100 discussions bien classées hors apprentissage (validation croisée)\u202f; aucune différence mesurable avec la version 3 parmi 443 discussions prédites hors apprentissage (p\u00a0=\u00a00,22).',
    })
  })

  it('does not call a difference none that a test saw and adjustment or a repetition dismissed', () => {
    const behind = { on: 'held-out', scope: 'all', threads: 800, lost: 20, gained: 8, p: 0.018 } as const
    expect(inEnglish(decideInBoth([{ ...behind, adjusted: 0.2 }])).reason).toMatch(
      /; behind version 3 among 800 threads with held-out predictions \(p = 0\.036\), which is not significant after adjustment for 1 tests\.$/,
    )
    const again = { lost: 10, gained: 9, p: 0.5 }
    expect(inEnglish(decideInBoth([{ ...behind, adjusted: 0.03, again }])).reason).toMatch(
      /; behind version 3 at first among .*, which a repetition with another seed did not confirm\.$/,
    )
  })

  it('refuses one that lost more threads than chance takes, and says how many', () => {
    const worse = decide([{ on: 'held-out', cases: spread(cases({ lost: 12, gained: 2, same: 466 })) }])
    expect(worse).toEqual({
      activate: false,
      reason:
        'Rejected: 12 threads that version 3 predicted correctly are wrong now and 2 the other way round, among 480 threads with held-out predictions (p = 0.006). Accuracy: 80.0% of 100 threads correct in held-out predictions (cross-validation).',
    })
  })

  it('refuses no drop of more than a point that chance explains', () => {
    const shaken = spread(cases({ lost: 38, gained: 27, same: 435 }))
    expect(testComparisons([{ on: 'held-out', cases: shaken }])[0]).toMatchObject({ lost: 38, gained: 27 })
    expect(decide([{ on: 'held-out', cases: shaken }]).activate).toBe(true)
  })

  it('refuses a drop of more than a point that is rare by chance, however many tests there are', () => {
    const some = [
      ...spread(cases({ lost: 40, gained: 21, same: 800 })),
      ...['a', 'b', 'c'].flatMap((label) => cases({ lost: 3, gained: 3, same: 20, label })),
    ]
    const [whole, ...others] = testComparisons([{ on: 'held-out', cases: some }])
    expect(others).toHaveLength(3)
    expect(whole).toMatchObject({ scope: 'all', refusal: 'drop' })
    expect(whole?.adjusted).toBeGreaterThan(0.05)
    const small = spread(cases({ lost: 40, gained: 21, same: 2000 }))
    expect(
      testComparisons([{ on: 'held-out', cases: [...small, ...some.slice(-78)] }])[0],
    ).not.toHaveProperty('refusal')
  })

  it('sees damage in one language or label that gains elsewhere hide', () => {
    const french = spread(cases({ lost: 18, gained: 1, same: 200, language: 'fr' }))
    const english = spread(cases({ lost: 1, gained: 30, same: 200, language: 'en' }))
    expect(decide([{ on: 'held-out', cases: [...french, ...english] }]).reason).toMatch(
      /^Rejected: 18 threads that version 3 predicted correctly are wrong now and 1 the other way round, among 219 threads in French /,
    )
    const label = cases({ lost: 11, gained: 0, same: 4, label: 'refund' })
    expect(decide([{ on: 'held-out', cases: [...label, ...english] }]).reason).toMatch(
      /among 15 threads of "refund" with held-out predictions/,
    )
  })

  it('does not let what was labelled since hide damage elsewhere', () => {
    const comparisons: Comparison[] = [
      { on: 'held-out', cases: spread(cases({ lost: 12, gained: 2, same: 466 })) },
      { on: 'recent', cases: spread(cases({ lost: 0, gained: 60, same: 0 })) },
    ]
    expect(decide(comparisons).activate).toBe(false)
  })

  it('refuses labels that contradict what the other examples teach, from eight on', () => {
    const against = (n: number) => Array.from({ length: n }, (_, at) => 1 + at / 10)
    expect(decide([{ on: 'relabelled', oddsOfOld: against(7) }, whole()]).activate).toBe(true)
    expect(decide([{ on: 'relabelled', oddsOfOld: against(8) }, whole()])).toMatchObject({
      activate: false,
      reason: expect.stringMatching(
        /^Rejected: of 8 threads relabelled since version 3, the other examples support the old label for 8 and the new label for 0 \(p = 0\.004\)\./,
      ),
    })
    const putRight = against(25).map((odds) => -odds)
    expect(decide([{ on: 'relabelled', oddsOfOld: putRight }, whole()]).activate).toBe(true)
  })

  it('tells three refusals and counts the others', () => {
    const some = ['a', 'b', 'c', 'd'].flatMap((label) => cases({ lost: 12, gained: 0, same: 10, label }))
    expect(decide([{ on: 'held-out', cases: some }]).reason).toMatch(/; and 2 more \(see the report\)\./)
  })

  it('asks of the first, and of one that can be compared with nothing, that it beats the commonest label', () => {
    const first = (right: number) =>
      inEnglish(
        decideActivation({ evaluation: evaluation(right), gate: { tests: [] } }, { requireParity: false }),
      )
    expect(first(21)).toEqual({
      activate: true,
      reason:
        'Activated: 21.0% of 100 threads correct in held-out predictions (cross-validation); always answering "billing" would be correct for 20.0%.',
    })
    expect(first(20)).toEqual({
      activate: false,
      reason:
        'Rejected: it is no better than guessing: always answering "billing" would be correct for 20.0%. Accuracy: 20.0% of 100 threads correct in held-out predictions (cross-validation).',
    })
  })
})

function whole(): Comparison {
  return { on: 'held-out', cases: spread(cases({ lost: 5, gained: 5, same: 300 })) }
}

describe('parity of French and English', () => {
  const judged = (french: Omit<Counts, 'language'>, english: Omit<Counts, 'language'>) =>
    testParity([...cases({ ...french, language: 'fr' }), ...cases({ ...english, language: 'en' })])
  const decideWith = (parity: ReturnType<typeof testParity>, requireParity: boolean) =>
    inEnglish(
      decideActivation(
        { evaluation: evaluation(80), gate: { version: 3, tests: [], ...(parity && { parity }) } },
        { requireParity },
      ),
    )

  it('is missing where accuracy differs beyond chance and more than before; required, that is a refusal', () => {
    const widened = judged({ lost: 20, gained: 0, same: 80 }, { lost: 0, gained: 0, same: 100 })
    expect(widened).toMatchObject({ differs: true, before: { french: 100, english: 100 } })
    expect(decideWith(widened, true)).toMatchObject({
      activate: false,
      reason: expect.stringContaining(
        'language parity is required, but 80.0% of 100 threads are correct in French and 100.0% of 100 in English (p < 0.001)',
      ),
    })
    expect(decideWith(widened, false).activate).toBe(true)
  })

  it('is not asked of a candidate that differs no more than the version it replaces', () => {
    const wrong = Array.from({ length: 20 }, () => ({
      language: 'fr',
      label: 'a',
      before: false,
      now: false,
    }))
    const inherited = testParity([
      ...wrong,
      ...cases({ lost: 0, gained: 0, same: 80, language: 'fr' }),
      ...cases({ lost: 0, gained: 0, same: 100, language: 'en' }),
    ])
    expect(inherited).toMatchObject({ differs: false, french: { threads: 100, right: 80 } })
  })

  it('is asked of a first version too, and is not guessed from few threads', () => {
    const french = Array.from({ length: 50 }, (_, at) => ({ language: 'fr', now: at < 25 }))
    const english = Array.from({ length: 50 }, (_, at) => ({ language: 'en', now: at < 45 }))
    expect(testParity([...french, ...english])).toMatchObject({ differs: true })
    expect(testParity([...french.slice(0, 29), ...english])).toBeUndefined()
    expect(decideWith(undefined, true)).toMatchObject({
      activate: true,
      reason: expect.stringContaining('Language parity was not tested'),
    })
  })
})
