import type { StemLanguage } from './stems.ts'

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
