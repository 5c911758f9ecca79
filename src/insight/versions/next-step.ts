import { english, french, type Sentences } from '../../text/wording.ts'
import type { VersionLabel } from './label-figures.ts'

export const NEXT_ACTIONS = ['train', 'label-waiting', 'find-examples', 'clarify', 'none'] as const

/** What helps a label most. */
export interface NextStep {
  readonly action: (typeof NEXT_ACTIONS)[number]
  readonly sentence: Sentences
}

/** Examples below which more of them help most. */
const ENOUGH_EXAMPLES = 30
/** Recall from which a label needs nothing. */
const GOOD_RECALL = 0.8
/** Mistakes with one other label that make two labels hard to tell apart, and their share of all examples. */
const CONFUSED = { least: 3, share: 0.1 }

/** The next step for a label, with the reason in both languages. */
export function nextStepOf(figures: Omit<VersionLabel, 'next'>, version: number): NextStep {
  const { label, known, examples, waiting, recall, confusedWith } = figures
  const en = `${english.count(examples)} ${examples === 1 ? 'example' : 'examples'}`
  const fr = `${french.count(examples)} ${examples < 2 ? 'exemple' : 'exemples'}`
  if (!known && examples > 0)
    return {
      action: 'train',
      sentence: {
        en: `${en}, but version ${version} was trained without this label: train again.`,
        fr: `${fr}, mais la version ${version} a été entraînée sans cette étiquette\u00a0: relancez l’entraînement.`,
      },
    }
  const isWeak = examples < ENOUGH_EXAMPLES || (recall.share ?? 0) < GOOD_RECALL
  const isConfused =
    confusedWith !== undefined &&
    confusedWith.count >= CONFUSED.least &&
    confusedWith.count >= CONFUSED.share * recall.of
  if (isConfused && examples >= ENOUGH_EXAMPLES)
    return {
      action: 'clarify',
      sentence: {
        en: `${english.count(confusedWith.count)} of ${english.count(recall.of)} “${label}” are taken for “${confusedWith.label}”: check their labels, and write a guideline that tells the two apart.`,
        fr: `${french.count(confusedWith.count)} «\u00a0${label}\u00a0» sur ${french.count(recall.of)} sont pris pour «\u00a0${confusedWith.label}\u00a0»\u00a0: vérifiez leurs étiquettes et rédigez une consigne qui distingue les deux.`,
      },
    }
  if (isWeak && waiting > 0)
    return {
      action: 'label-waiting',
      sentence: {
        en: `${en}; ${english.count(waiting)} more ${waiting === 1 ? 'waits' : 'wait'} in the review queue.`,
        fr: `${fr}\u202f; ${french.count(waiting)} ${waiting < 2 ? 'autre attend' : 'autres attendent'} dans la file de relecture.`,
      },
    }
  if (examples < ENOUGH_EXAMPLES)
    return {
      action: 'find-examples',
      sentence: {
        en: `${en}, and none waits in the review queue: search for threads about it and label them.`,
        fr: `${fr}, et aucun n’attend dans la file de relecture\u00a0: cherchez des discussions à ce sujet et étiquetez-les.`,
      },
    }
  const found = recall.share ?? 0
  return {
    action: 'none',
    sentence: {
      en: `${en}, of which ${english.percent(found)} are recognised.`,
      fr: `${fr}, dont ${french.percent(found)} sont reconnus.`,
    },
  }
}
