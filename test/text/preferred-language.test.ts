import { expect, it } from 'vitest'
import { preferredLanguage } from '../../src/text/language/preferred-language.ts'

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de-DE, it', 'en'],
  ['fr', 'fr'],
  ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
  ['en;q=0.5, FR;q=0.7', 'fr'],
  ['en, fr', 'en'],
  ['de, fr;q=0.3', 'fr'],
  ['fr;q=0, en;q=0.1', 'en'],
  ['fr;q=nonsense', 'en'],
])('a caller who sends Accept-Language %j reads %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
