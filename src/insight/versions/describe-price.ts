import { english, french, type Sentences, type Wording } from '../../text/wording.ts'
import type { BudgetPrice } from './budget-prices.ts'
import type { Volume } from './volume.ts'

/** What a budget costs, in a sentence. */
export function describePrice(
  price: Omit<BudgetPrice, 'sentence'>,
  { inCost, volume }: { readonly inCost: boolean; readonly volume: Volume },
): Sentences {
  const { budget, coverage, toPeoplePerDay, difference } = price
  const en = inCost
    ? `With a mean cost of at most ${short(english, budget)} of an ordinary mistake for each assigned label, ${english.percent(coverage)} of posts are assigned a label`
    : `With at most ${short(english, budget)} wrong among assigned labels, ${english.percent(coverage)} of posts are assigned a label`
  const fr = inCost
    ? `Avec un coût moyen d’au plus ${short(french, budget)} d’une erreur ordinaire par étiquette attribuée, ${french.percent(coverage)} des messages reçoivent une étiquette`
    : `Avec au plus ${short(french, budget)} d’erreurs parmi les étiquettes attribuées, ${french.percent(coverage)} des messages reçoivent une étiquette`
  if (volume.posts === 0) return { en: `${en}.`, fr: `${fr}.` }
  const more = difference.toPeoplePerDay
  const posts = number(english, toPeoplePerDay)
  const messages = number(french, toPeoplePerDay)
  return {
    en: `${en}; about ${posts} ${posts === '1' ? 'post' : 'posts'} a day ${posts === '1' ? 'goes' : 'go'} to people, ${compared(english, more, { more: 'more than now', less: 'fewer than now', same: 'as many as now' })}.`,
    fr: `${fr}\u202f; environ ${messages} ${isPlural(toPeoplePerDay) ? 'messages par jour reviennent' : 'message par jour revient'} à l’équipe, ${compared(french, more, { more: 'de plus que maintenant', less: 'de moins que maintenant', same: 'autant que maintenant' })}.`,
  }
}

function compared(
  wording: Wording,
  difference: number,
  words: { readonly more: string; readonly less: string; readonly same: string },
): string {
  const amount = number(wording, Math.abs(difference))
  if (amount === number(wording, 0)) return words.same
  return `${amount} ${difference > 0 ? words.more : words.less}`
}

/** Whole from ten on, with one digit below. */
function number(wording: Wording, value: number): string {
  if (value >= 9.95) return wording.count(value)
  const rounded = Math.round(value * 10) / 10
  return Number.isInteger(rounded) ? wording.count(rounded) : wording.decimal(rounded, 1)
}

/** In French from two on, what is written being what counts. */
function isPlural(value: number): boolean {
  return Math.round(value * 10) / 10 >= 2
}

/** A stated share, without needless digits. */
function short(wording: Wording, share: number): string {
  return wording.percent(share).replace(/[.,]0(?=\D)/, '')
}
