/** What the pages of an exported help centre say around its articles. */
export interface SiteWords {
  readonly helpCentre: string
  readonly skip: string
  readonly search: string
  readonly searchLabel: string
  readonly results: string
  readonly noMatch: string
  readonly oneMatch: string
  readonly matches: string
  readonly typeToSearch: string
  readonly needsScript: string
  readonly allArticles: string
  readonly otherArticles: string
  readonly languages: string
  readonly updated: string
  readonly thanks: string
  readonly noArticles: string
  readonly madeWith: string
  readonly licences: string
  readonly alsoIn: string
}

const english: SiteWords = {
  helpCentre: 'Help centre',
  skip: 'Skip to content',
  search: 'Search',
  searchLabel: 'Search the articles',
  results: 'Results',
  noMatch: 'No article matches “{words}”. Try other words, or fewer.',
  oneMatch: '1 article matches “{words}”.',
  matches: '{count} articles match “{words}”.',
  typeToSearch: 'Type what you are looking for.',
  needsScript: 'Searching needs JavaScript. Without it, browse all articles.',
  allArticles: 'All articles',
  otherArticles: 'Other articles',
  languages: 'Languages',
  updated: 'Updated on {date}',
  thanks: 'With thanks to {names}',
  noArticles: 'There are no articles yet.',
  madeWith: 'Made with Entraide.',
  licences: 'Licences',
  alsoIn: 'This article in other languages',
}

const french: SiteWords = {
  helpCentre: 'Centre d’aide',
  skip: 'Aller au contenu',
  search: 'Rechercher',
  searchLabel: 'Rechercher dans les articles',
  results: 'Résultats',
  noMatch: 'Aucun article ne correspond à «\u202f{words}\u202f». Essayez d’autres mots, ou moins de mots.',
  oneMatch: '1 article correspond à «\u202f{words}\u202f».',
  matches: '{count} articles correspondent à «\u202f{words}\u202f».',
  typeToSearch: 'Saisissez ce que vous cherchez.',
  needsScript: 'La recherche a besoin de JavaScript. Sans lui, parcourez tous les articles.',
  allArticles: 'Tous les articles',
  otherArticles: 'Autres articles',
  languages: 'Langues',
  updated: 'Mis à jour le {date}',
  thanks: 'Merci à {names}',
  noArticles: 'Il n’y a pas encore d’articles.',
  madeWith: 'Réalisé avec Entraide.',
  licences: 'Licences',
  alsoIn: 'Cet article dans d’autres langues',
}

/** The words in a language; English where there are none. */
export function siteWords(language: string): SiteWords {
  return language === 'fr' ? french : english
}
