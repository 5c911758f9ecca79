import { expect, it } from 'vitest'
import { shareOf } from '../../../src/insight/share.ts'
import { nextStepOf } from '../../../src/insight/versions/next-step.ts'

const share = (count: number, of: number) =>
  shareOf(
    Array.from({ length: of }, (_, at) => at),
    (at) => at < count,
  )
const label = {
  label: 'billing',
  known: true,
  precision: share(40, 40),
  recall: share(38, 40),
  examples: 50,
  waiting: 0,
}
const active = { number: 3, status: 'active' } as const

it('says of how many predicted examples a label is recognised, which may be fewer than there are', () => {
  expect(nextStepOf(label, active)).toEqual({
    action: 'none',
    sentence: {
      en: '50 examples; of 40 predicted held out, 95.0% are recognised.',
      fr: '50 exemples\u202f; sur 40 prédits hors apprentissage, 95,0\u00a0% sont reconnus.',
    },
  })
  const { action, sentence } = nextStepOf({ ...label, recall: share(0, 0) }, active)
  expect(action).toBe('none')
  expect(sentence.en).not.toContain('%')
})

it('asks for examples of a label with many that is seldom recognised', () => {
  const { action, sentence } = nextStepOf({ ...label, recall: share(10, 40) }, active)
  expect(action).toBe('find-examples')
  expect(sentence.fr).toContain('25,0\u00a0% sont reconnus')
})

it('asks to train again only where no other version is in use by now', () => {
  const unknown = { ...label, known: false, recall: share(0, 0) }
  expect(nextStepOf(unknown, active).action).toBe('train')
  expect(nextStepOf(unknown, { number: 1, status: 'retired' }).action).toBe('none')
})
