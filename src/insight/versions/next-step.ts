import type { ModelVersion } from '../../models/registry/model-version.ts'
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
/** Recall from which a label needs no more examples. */
const GOOD_RECALL = 0.8
/** Mistakes with one other label that make two labels hard to tell apart, and their share of all examples. */
const CONFUSED = { least: 3, share: 0.1 }

/** The next step for a label of a version, with the reason in both languages. */
export function nextStepOf(
  figures: Omit<VersionLabel, 'next'>,
  { number: version, status }: Pick<ModelVersion, 'number' | 'status'>,
): NextStep {
  const { label, known, examples, waiting, recall, confusedWith } = figures
  const en = `${english.count(examples)} ${examples === 1 ? 'example' : 'examples'}`
  const fr = `${french.count(examples)} ${examples < 2 ? 'exemple' : 'exemples'}`
  if (!known && examples > 0)
    return status === 'retired'
      ? {
          action: 'none',
          sentence: {
            en: `${en}; version ${version} was trained without this label and is no longer in use.`,
            fr: `${fr}\u202f; la version ${version} a été entraînée sans cette étiquette et ne sert plus.`,
          },
        }
      : {
          action: 'train',
          sentence: {
            en: `${en}, but version ${version} was trained without this label: train again.`,
            fr: `${fr}, mais la version ${version} a été entraînée sans cette étiquette\u00a0: relancez l’entraînement.`,
          },
        }
  const isWeak = examples < ENOUGH_EXAMPLES || (recall.share !== undefined && recall.share < GOOD_RECALL)
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
  const found = recognised(recall)
  if (isWeak && waiting > 0)
    return {
      action: 'label-waiting',
      sentence: {
        en: `${en}; ${english.count(waiting)} unlabelled ${waiting === 1 ? 'thread that looks like one waits' : 'threads that look like one wait'} in the review queue.`,
        fr: `${fr}\u202f; ${french.count(waiting)} ${waiting < 2 ? 'discussion sans étiquette qui y ressemble attend' : 'discussions sans étiquette qui y ressemblent attendent'} dans la file de relecture.`,
      },
    }
  if (examples < ENOUGH_EXAMPLES)
    return {
      action: 'find-examples',
      sentence: {
        en: `${en}, and no thread in the review queue looks like one: search for threads about it and label them.`,
        fr: `${fr}, et aucune discussion de la file de relecture n’y ressemble\u00a0: cherchez des discussions à ce sujet et étiquetez-les.`,
      },
    }
  if (isWeak)
    return {
      action: 'find-examples',
      sentence: {
        en: `${en}; ${found.en}. Search for other threads about it and label them.`,
        fr: `${fr}\u202f; ${found.fr}. Cherchez d’autres discussions à ce sujet et étiquetez-les.`,
      },
    }
  return { action: 'none', sentence: { en: `${en}; ${found.en}.`, fr: `${fr}\u202f; ${found.fr}.` } }
}

/** Recall rests on the examples that were predicted held out, which may be fewer than there are now, or none. */
function recognised({ of, share }: VersionLabel['recall']): Sentences {
  if (share === undefined)
    return {
      en: 'none was predicted held out, so that nothing is known of how many are recognised',
      fr: 'aucun n’a été prédit hors apprentissage\u00a0: on ignore combien sont reconnus',
    }
  return {
    en: `of ${english.count(of)} predicted held out, ${english.percent(share)} are recognised`,
    fr: `sur ${french.count(of)} ${of < 2 ? 'prédit' : 'prédits'} hors apprentissage, ${french.percent(share)} sont reconnus`,
  }
}
