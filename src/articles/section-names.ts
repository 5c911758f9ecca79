import { fold } from '../text/terms/fold.ts'
import type { ArticleContent } from './article.ts'

export const SECTIONS = ['issue', 'environment', 'resolution', 'cause'] as const
export type Section = (typeof SECTIONS)[number]

export type SectionTexts = Pick<ArticleContent, Section>

/** What sections are called in files and on exported pages. */
export const SECTION_NAMES: Readonly<Record<'en' | 'fr', Readonly<Record<Section, string>>>> = {
  en: { issue: 'Issue', environment: 'Environment', resolution: 'Resolution', cause: 'Cause' },
  fr: { issue: 'Problème', environment: 'Environnement', resolution: 'Résolution', cause: 'Cause' },
}

/** The names in an article's language, English where there are none. */
export function sectionNamesIn(language: string): Readonly<Record<Section, string>> {
  return language === 'fr' ? SECTION_NAMES.fr : SECTION_NAMES.en
}

const list = (names: string): string[] => names.trim().split(/,\s*/)

/** Headings by which the articles of other systems begin their sections; folded. */
const HEADINGS: Readonly<Record<Section, readonly string[]>> = {
  issue:
    list(`issue, problem, symptom, symptoms, question, description, issue description, problem description,
    probleme, symptome, symptomes, votre question, description du probleme`),
  environment:
    list(`environment, applies to, affected products, product, products, prerequisites, requirements,
    environnement, s applique a, concerne, produit concerne, produits concernes, prerequis`),
  resolution: list(`resolution, solution, solutions, answer, fix, workaround, steps, procedure, how to fix it,
    reponse, correction, contournement, etapes, marche a suivre, comment faire`),
  cause: list(`cause, causes, root cause, reason, explanation, origine, raison, explication, explications`),
}

const SECTION_OF = new Map(
  SECTIONS.flatMap((section) => HEADINGS[section].map((heading) => [heading, section] as const)),
)

/** The section that a heading begins, in French or English; undefined for any other heading. */
export function sectionOfHeading(heading: string): Section | undefined {
  const words = heading.split(/[^\p{L}\p{N}\p{M}]+/u).map(fold)
  return SECTION_OF.get(words.filter((word) => word !== '').join(' '))
}
