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
