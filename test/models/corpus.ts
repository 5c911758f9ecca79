import type { TestThread } from '../labels/support.ts'

/** Phrases of three subjects in both languages; threads are their combinations. */
const PHRASES = {
  billing: {
    en: ['my invoice', 'the payment', 'a refund', 'the direct debit', 'this charge'],
    fr: ['ma facture', 'le paiement', 'un remboursement', 'le prélèvement', 'ce montant'],
  },
  network: {
    en: ['the wifi signal', 'my fibre line', 'the router', 'mobile coverage', 'download speed'],
    fr: ['le signal wifi', 'ma ligne fibre', 'la box', 'la couverture mobile', 'le débit'],
  },
  account: {
    en: ['my password', 'the login page', 'my email address', 'the mobile app', 'two-factor codes'],
    fr: ['mon mot de passe', 'la page de connexion', 'mon adresse mail', "l'application", 'le code reçu'],
  },
} as const

const OPENINGS = {
  en: ['Problem with', 'I have a question about', 'Nobody helps me with', 'Since Monday trouble with'],
  fr: ['Problème avec', "J'ai une question sur", "Personne ne m'aide pour", 'Depuis lundi un souci avec'],
} as const

export type Subject = keyof typeof PHRASES
export const SUBJECTS = Object.keys(PHRASES) as Subject[]

export interface LabelledText extends TestThread {
  readonly label: Subject
}

/** 120 threads, half English and half French, 40 a subject; ids in no order of subject. */
export function corpus(): LabelledText[] {
  const threads: LabelledText[] = []
  for (let i = 0; i < 20; i++)
    for (const language of ['en', 'fr'] as const)
      for (const label of SUBJECTS) {
        const phrase = PHRASES[label][language][i % 5]
        const opening = OPENINGS[language][Math.floor(i / 5)]
        const id = `thr${String((i * 37 + threads.length) % 997).padStart(4, '0')}${language}${label}`
        threads.push({ id, language, label, title: `${opening} ${phrase}`, question: `${phrase} ${i}?` })
      }
  return threads
}
