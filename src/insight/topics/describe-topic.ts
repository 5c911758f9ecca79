import { english, french, type Sentences } from '../../text/wording.ts'
import type { PresentedTopic } from './present-topic.ts'

/** A topic in a sentence; of figures that the reader may not see it says nothing. */
export function describeTopic({
  status,
  proposedName,
  postCount,
  figures,
  label,
}: Omit<PresentedTopic, 'summary'>): Sentences {
  const about = {
    en: proposedName === '' ? '' : ` about “${proposedName}”`,
    fr: proposedName === '' ? '' : ` sur «\u00a0${proposedName}\u00a0»`,
  }
  const posts = {
    en: `${english.count(postCount)} ${postCount === 1 ? 'post' : 'posts'}`,
    fr: `${french.count(postCount)} ${postCount < 2 ? 'message' : 'messages'}`,
  }
  if (status === 'accepted' && label !== undefined)
    return {
      en: `${posts.en}${about.en}: accepted as the label “${label.name}” of “${label.facet}”.`,
      fr: `${posts.fr}${about.fr}\u00a0: accepté comme étiquette «\u00a0${label.name}\u00a0» de «\u00a0${label.facet}\u00a0».`,
    }
  if (status === 'dismissed')
    return {
      en: `${posts.en}${about.en}: dismissed, and not proposed again for the same posts.`,
      fr: `${posts.fr}${about.fr}\u00a0: écarté, et plus proposé pour les mêmes messages.`,
    }
  const fit = {
    en: `${about.en} ${postCount === 1 ? 'fits' : 'fit'} no label`,
    fr: `${about.fr} ${postCount < 2 ? 'n’entre' : 'n’entrent'} dans aucune étiquette`,
  }
  if (figures === undefined) return { en: `${posts.en}${fit.en}.`, fr: `${posts.fr}${fit.fr}.` }
  const { askers, expected } = figures
  const by = {
    en: ` by ${english.count(askers)} ${askers === 1 ? 'person' : 'people'}`,
    fr: ` de ${french.count(askers)} ${askers < 2 ? 'personne' : 'personnes'}`,
  }
  return {
    en: `${posts.en}${by.en}${fit.en}; at the earlier rate ${english.decimal(expected, 1)} would have come.`,
    fr: `${posts.fr}${by.fr}${fit.fr}\u202f; au rythme antérieur, on en aurait attendu ${french.decimal(expected, 1)}.`,
  }
}
