import { currentLanguage, t } from '../../messages/messages.ts'
import type { Audience, Citation, Confidence, Content } from './article.ts'

export function confidenceName(confidence: Confidence): string {
  return t(`articles.confidence-${confidence}`)
}

export function audienceName(audience: Audience): string {
  return t(`articles.audience-${audience}`)
}

export function fieldName(field: keyof Content): string {
  return t(`articles.field-${field}`)
}

/** What changed from one revision to the next, in words. */
export function changeName(field: string): string {
  return isNamed(field) ? t(`articles.field-${field}`) : field
}

const NAMED = [
  'title',
  'issue',
  'environment',
  'resolution',
  'cause',
  'language',
  'confidence',
  'audience',
] as const

function isNamed(field: string): field is (typeof NAMED)[number] {
  return NAMED.some((each) => each === field)
}

/** `French`, in the language of the page. @param code ISO 639, `und` where unknown */
export function languageName(code: string): string {
  if (code === 'und') return t('articles.unknownLanguage')
  const name = new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(code) ?? code
  return name.charAt(0).toLocaleUpperCase(currentLanguage()) + name.slice(1)
}

/** What happened to a cited post. */
export function flagSentence({ flag, author }: Pick<Citation, 'flag' | 'author'>): string {
  return t(`articles.flag-${flag ?? 'edited'}`, { author: author ?? t('articles.somebody') })
}
