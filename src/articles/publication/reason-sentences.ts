import type { Audience } from '../../access/audience.ts'
import type { PersonalDataKind } from '../../text/personal-data/finding.ts'
import { english, french, type Sentences } from '../../text/wording.ts'
import type { RequiredSection } from '../article.ts'

/** What stands between an article and its publication, as people read it. */

const SECTIONS: Readonly<Record<RequiredSection, Sentences>> = {
  title: { en: 'a title', fr: 'un titre' },
  issue: { en: 'the issue', fr: 'le problème' },
  resolution: { en: 'the resolution', fr: 'la résolution' },
}

const READERS: Readonly<Record<Audience, Sentences>> = {
  internal: { en: 'the company', fr: 'l’entreprise' },
  partner: { en: 'the company and its partners', fr: 'l’entreprise et ses partenaires' },
  customer: {
    en: 'the company, its partners and customers',
    fr: 'l’entreprise, ses partenaires et ses clients',
  },
  public: { en: 'everyone', fr: 'tout le monde' },
}

const KINDS: Readonly<Record<PersonalDataKind, Sentences>> = {
  email: { en: 'an e-mail address', fr: 'une adresse e-mail' },
  iban: { en: 'an IBAN', fr: 'un IBAN' },
  'social-security': { en: 'a social security number', fr: 'un numéro de sécurité sociale' },
  card: { en: 'a card number', fr: 'un numéro de carte' },
  'customer-number': { en: 'a customer number', fr: 'un numéro de client' },
  'order-number': { en: 'an order number', fr: 'un numéro de commande' },
  ip: { en: 'an IP address', fr: 'une adresse IP' },
  phone: { en: 'a phone number', fr: 'un numéro de téléphone' },
  address: { en: 'a postal address', fr: 'une adresse postale' },
  name: { en: 'a name', fr: 'un nom' },
}

export function incomplete(missing: readonly RequiredSection[]): Sentences {
  const named = listed(missing.map((section) => SECTIONS[section]))
  return { en: `Add what is missing: ${named.en}.`, fr: `Ajoutez ce qui manque\u00a0: ${named.fr}.` }
}

export const protectedThread: Sentences = {
  en: 'A discussion that it was made from is protected. Two people must release it first.',
  fr: 'Une discussion dont il est tiré est protégée. Deux personnes doivent d’abord lever la protection.',
}

export function widerAudience(permitted: Audience): Sentences {
  const readers = READERS[permitted]
  return {
    en: `It cites posts that only ${readers.en} may see. Check that the text may be shown to more people.`,
    fr: `Il cite des messages réservés à ${readers.fr}. Vérifiez que le texte peut être montré à d’autres.`,
  }
}

export function personalData(kinds: readonly PersonalDataKind[]): Sentences {
  const named = listed(kinds.map((kind) => KINDS[kind]))
  return {
    en: `It may contain personal data (${named.en}). Redact each finding, or waive it with a reason.`,
    fr: `Il contient peut-être des données personnelles (${named.fr}). Masquez chaque passage, ou levez l’alerte en donnant la raison.`,
  }
}

export function approvalNeeded(category: string, owner: string | undefined): Sentences {
  return {
    en: `Articles of the category “${category}” need an approval. Ask ${owner ?? 'a publisher'} to approve this revision.`,
    fr: `Les articles de la catégorie «\u00a0${category}\u00a0» demandent une approbation. Demandez à ${owner ?? 'un éditeur'} d’approuver cette révision.`,
  }
}

export function flaggedCitations(flags: number): Sentences {
  return {
    en: `${flags === 1 ? 'A cited post has' : `${english.count(flags)} cited posts have`} changed since. Read what rests on ${flags === 1 ? 'it' : 'them'} again.`,
    fr: `${flags === 1 ? 'Un message cité a' : `${french.count(flags)} messages cités ont`} changé depuis. Relisez ce qui s’appuie dessus.`,
  }
}

export const pendingDraft: Sentences = {
  en: 'There is a draft that is not in the article yet. Apply it first if it should be published.',
  fr: 'Un brouillon n’est pas encore dans l’article. Appliquez-le d’abord s’il doit être publié.',
}

function listed(names: readonly Sentences[]): Sentences {
  const of = (language: 'en' | 'fr') =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(names.map((name) => name[language]))
  return { en: of('en'), fr: of('fr') }
}
