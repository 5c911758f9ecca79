import { fold } from '../terms/fold.ts'
import { scoreLanguages } from './scores.ts'

/**
 * Words that tell French and English from each other and from their neighbours: those that also are Spanish, Italian,
 * Portuguese, German or Dutch (`de`, `la`, `in`, `was`), or both French and English (`on`, `plus`, `message`), are
 * left out. Without accents, as they often are typed; beside grammar's words, the commonest of customers' posts.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

export const FRENCH = words(`
  je nous vous ils elles elle ce cet cette ces mon ton ses sa notre votre vos leur leurs quoi dont et est sont etait
  etais etaient ete suis etes sommes avez avons avait avais aurait serait ont ai au aux du dans sous avec sans pour par
  chez vers depuis pendant mais donc ni pas plus jamais rien aucun aucune tres trop peu beaucoup aussi encore toujours
  deja ici alors comment pourquoi quand combien quel quelle quels quelles lequel laquelle tous toute toutes meme memes
  autre autres chaque quelque quelques quelqu lorsque lorsqu puisque jusqu aujourd hui une apres avant parce afin
  lors puis celui celle ceux cela ca voici voila peut peux pouvez pouvait puis faut fait faites faire dois doit devez
  voudrais voulez veux veut sais sait savoir aimerais vais allez avoir etre
  bonjour bonsoir salut svp stp slt bjr bsr cdt coucou desole pb pbs jai cest jsuis jarrive quil tjrs qqn
  qqun kelkun koi pk pkoi cmt tt pr chui nan ouais
  marche fonctionne arrive besoin aide aidez probleme problemes souci soucis erreur erreurs facture factures rembourser
  remboursement commande commandes livraison livre abonnement resiliation resilier compte mot carte ligne reseau forfait
  debit mise connexion connecter deconnecte ecran telephone numero adresse colis boutique panne appel appels voyant cable
  delai retard retour garantie reparation suppression supprimer activer desactiver changer changement annuler annulation
  retrouver trouver envoyer recevoir recu perdu bloque bloquee refuse refusee echec lent lente nouveau nouvelle nouveaux
  dernier derniere heure heures jours semaine semaines mois annee hier demain matin soir nuit ancien ancienne mauvais
  mauvaise bon bonne chaine boitier coupure prelevement paiement virement espace messagerie application appli fichier
  dossier bouton clavier ordinateur imprimante pile batterie chargeur lumiere bruit prise fil magasin technicien client
  conseiller reponse demande avis conseil prix tarif offre logiciel configurer installer desinstaller demarrer redemarrer
  enregistrer sauvegarde affichage lien page accueil mois introuvable impossible gratuit payer paye perte vol chez moi
`)

export const ENGLISH = words(`
  the my your his her its our their this that these those there it i and because if when where why how what which who
  are were been being be have has having do does did doing done can could will would should might must not never always
  any anyone anybody someone somebody something nothing everything everyone every each some many much more most very too
  also just still already again yet here than then with without from to for by at into after before during while about
  between through off up down out once only same other another both such
  don doesn didn isn aren wasn weren haven hasn can't couldn wouldn shouldn won cannot cant dont doesnt didnt wont isnt
  ive im ill youre thats whats idk lol pls plz thx ty ur u asap
  please thanks thank hi hello hey help helped need needs want know get gets got getting make makes made keep keeps try
  tries tried trying work works working worked fix fixed fixes broken issue issues problem problems account accounts
  password login logged log sign bill billing charged charge charges refund refunds refunded order orders ordered shipping
  shipped delivery delivered phone phones screen update updates updated upgrade device devices setting settings support
  cancel cancelled canceled change changed changing missing wrong slow lost found bought buy send sent receive received
  call calls called calling show shows stuck black blank open opens opened close closed set setup turn turned switch
  replace replacement warranty number address new old last next first week weeks month months year day days hour hours
  today yesterday tomorrow morning night since ago payment paid pay card fee fees free price cost costs plan plans
  subscription signal outage speed connection connect connected disconnected router printer keyboard battery charger cable
  file files folder button link website customer customers answer question reply thread post people anything else better
  nobody using used use like good bad great well back going go see say says said tell told find cannot unable lock locked
  child parts spare loop crash crashes crashed failed fails failing fault alarm sound noise light
`)

/** Said where a text is too short or too mixed to tell. */
const UNDETERMINED = 'und'

/** The detector itself stops after some 350 bytes. */
const LOOKED_AT = 400
const FEWEST_LETTERS = 10
const FEWEST_WORDS = 2
/** So few words, all with a capital, may be the name of anything. */
const NAMES_ALONE = 3
/** Scripts that write no spaces say much in few letters, and which language in fewer. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3}/u
/** How much worse French or English may score and still be preferred: the communities are theirs. */
const HOME_ADVANTAGE = 0.08
/** French against English must differ by this much for a decision. */
const LEAST_DIFFERENCE = 0.01
/** So many more words of one than of the other decide without the detector. */
const DECISIVE = 3
/** So many more, and the rest of the text is not looked at. */
const CLEAR = 6
/** What one word of French or English counts for in the detector's scores, which go from 0 to 1. */
const WORD_SCORE = 0.06

/**
 * The language a text is written in, from its first 400 characters or so; code, URLs and addresses do not count, and
 * what is quoted or named in another language counts less than the writer's own words.
 *
 * @param whole all of the text, where `text` is its beginning: asked for when that holds too little
 * @returns an ISO 639-1 code such as `fr` or `en`, or `und`
 */
export function detectLanguage(text: string, whole?: () => string): string {
  let looked = lookedAt(text)
  if (whole !== undefined && looked.length < LOOKED_AT) looked = lookedAt(whole())
  const prose = looked.replace(/\w*[\d_]\w*/g, ' ')
  const own = prose.replace(quoted, ' ')
  const said = evidenceOf(own)
  if (Math.abs(said.french - said.english) >= DECISIVE) return said.french > said.english ? 'fr' : 'en'
  const all = own.length === prose.length ? said : evidenceOf(prose)
  // What is quoted speaks only where the writer does not.
  return said.french !== said.english ? decide(own, said) : decide(prose, all)
}

function decide(prose: string, { french, english, words, letters, names }: Evidence): string {
  if (french === 0 && english === 0) {
    if (names === words && words <= NAMES_ALONE && !unspaced.test(prose)) return UNDETERMINED
    const enough = letters >= FEWEST_LETTERS && words >= FEWEST_WORDS
    if (!enough && !unspaced.test(prose)) return UNDETERMINED
  } else if (words <= 2) {
    // Too little for the detector, and enough for who knows the word.
    if (french === 0) return 'en'
    if (english === 0) return 'fr'
  }
  const scores = scoreLanguages(prose)
  const fr = scores.of('fr') + french * WORD_SCORE
  const en = scores.of('en') + english * WORD_SCORE
  const home = Math.max(fr, en)
  if (home > 0 && home >= scores.highest - HOME_ADVANTAGE) {
    if (Math.abs(fr - en) < LEAST_DIFFERENCE) return UNDETERMINED
    return fr > en ? 'fr' : 'en'
  }
  return scores.reliable ?? UNDETERMINED
}

/** What the words of a text say. */
interface Evidence {
  readonly french: number
  readonly english: number
  readonly words: number
  readonly letters: number
  /** Words that look like names: those are the same in every language. */
  readonly names: number
}

const capital = /\p{Lu}/u
const word = /\p{L}+/gu
const elisions: Readonly<Record<string, number>> = { j: 1, l: 0.5, d: 0.5, c: 0.5, n: 0.5 }

function evidenceOf(prose: string): Evidence {
  const shouts = !/\p{Ll}/u.test(prose)
  let french = 0
  let english = 0
  let words = 0
  let letters = 0
  let names = 0
  let end = 0
  for (const { 0: each, index } of prose.matchAll(word)) {
    const start = end
    end = index + each.length
    const next = prose[end]
    if (each.length === 1) {
      if (next === "'" || next === '’') french += elisions[each.toLowerCase()] ?? 0
      else if (each === 'I' && !shouts) english += 1
      continue
    }
    words += 1
    letters += each.length
    if (!shouts && capital.test(each)) {
      names += 1
      if (capital.test(each.slice(1)) || !isSentenceStart(prose, start, index)) continue
    }
    const form = fold(each)
    if (FRENCH.has(form)) french += 1
    else if (ENGLISH.has(form)) english += 1
    else if (form === 'qu' && (next === "'" || next === '’')) french += 1
    else continue
    if (Math.abs(french - english) >= CLEAR) break
  }
  return { french, english, words, letters, names }
}

/** A capital in the middle of a sentence is a name's. */
function isSentenceStart(prose: string, lastEnd: number, at: number): boolean {
  return lastEnd === 0 || /[.!?…:;«“"(\n—–-]\s*$/.test(prose.slice(lastEnd, at))
}

const quoted = /«[^»]{1,300}»|“[^”]{1,300}”|"[^"\n]{1,300}"/g

function lookedAt(text: string): string {
  let prose = text.length > LOOKED_AT * 3 ? text.slice(0, LOOKED_AT * 3) : text
  if (/`|~~~/.test(prose)) {
    prose = prose
      .replace(/^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[ \t]*$|(?![\s\S]))/gm, ' ')
      .replace(/`[^`\n]+`/g, ' ')
  }
  if (prose.includes('<')) prose = prose.replace(/<[^<>]{0,500}>/g, ' ')
  if (/:\/\/|www\.|@/i.test(prose))
    prose = prose.replace(/\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+|(?<!\S)@\S+/gi, ' ')
  return prose.slice(0, LOOKED_AT)
}
