import porter from 'natural/lib/natural/stemmers/porter_stemmer.js'
import porterFrench from 'natural/lib/natural/stemmers/porter_stemmer_fr.js'

/** The languages that have a stemmer and a stop list; text in any other is matched by its folded words. */
export type StemLanguage = 'en' | 'fr'

const STEMMABLE = /^[a-z]{3,}$/

/**
 * Stem of a folded word (see `fold`). Words with digits, words under three letters and other scripts come back as
 * they are, so that codes, versions and addresses stay whole.
 */
export function stem(folded: string, language: StemLanguage): string {
  if (!STEMMABLE.test(folded)) return folded
  return language === 'en' ? porter.stem(folded) : stemFrench(folded)
}

/**
 * Stemming after folding, because people type `prelevement` as readily as `prélèvement` and both must meet. Some
 * endings need help: a feminine participle lost its accent (`annulée`), the rules take `forfait` for a verb but not
 * `forfaits`, know no plural in `-os` (`numéros`), and leave an `i` in `résilier` that `résilié` has not.
 */
function stemFrench(folded: string): string {
  const singular = folded.replace(/([^e])ee(s?)$/, '$1e$2').replace(/(..[^s])s$/, '$1')
  return porterFrench.stem(singular).replace(/(...[^i])i$/, '$1')
}

/** Words that say nothing of a text's subject, folded and as tokens come: elisions and clitics already stripped. */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

export const STOP_WORDS: Readonly<Record<StemLanguage, ReadonlySet<string>>> = {
  en: words(`
    a about after again all also am an and any are aren as at be because been before being both but by
    can could couldn did didn do does doesn doing don done for from had hadn has hasn have haven having he her here
    hers him his how i if in into is isn it its just me more most my myself of on only or other our ours
    out over own same she should shouldn so some such than that the their them then there these they this those
    through to too under until up us very was wasn we were weren what when where which while who whom why will with
    won would wouldn you your yours
  `),
  fr: words(`
    a ai aie ainsi alors apres as au aucun aucune aujourd aussi autre autres aux avait avant avec avez avoir avons
    c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des
    donc du elle elles en encore entre est et etaient etait etant etes etre eu eux faire fait faut hui
    il ils j je jusqu l la laquelle le lequel les lesquels leur leurs lors lorsqu lorsque lui m ma mais me meme memes
    mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peux plus pour pourquoi pouvez puis
    puisqu puisque qu quand que quel quelle quelles quels quelqu qui quoi s sa sans se selon sera ses si soit son sont
    sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une va vers voici voila vos votre vous y
  `),
}
