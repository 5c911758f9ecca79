import { readFile } from 'node:fs/promises'
import { eld } from 'eld/extrasmall'
import { describe, expect, it } from 'vitest'
import { scoreLanguages } from '../../src/text/language/scores.ts'
import { LANGUAGES } from '../../src/text/language/table.ts'

/** Names of countries in every language that Node can name them in: no words of grammar, and every script. */
const lists = Object.keys(LANGUAGES).flatMap((language) => {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return ['BE CA CH FR LU MC', 'DE GB IE IT NL US', 'BR CN EG GR IN JP', 'DZ MA SN TN TR VN'].map((regions) =>
    regions
      .split(' ')
      .map((region) => names.of(region))
      .join(', '),
  )
})

const texts = [
  ...lists,
  '',
  'a',
  'œuf',
  'l’ami d\'un ami, "qu`on" dit',
  'МОСКВА 𝓗𝓮𝓵𝓵𝓸 été',
  'x'.repeat(500),
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ist ein Wort',
  'Les vraies phrases sont coupées à la fin du mot. '.repeat(30),
]

describe('the scores of languages', () => {
  it.each(['fr', 'en', 'de', 'ru', 'zh'])('of %s are those of eld, but for rounding', (language) => {
    for (const text of texts) {
      const expected = eld.detect(text).getScores()[language] ?? 0
      expect(Math.abs(scoreLanguages(text).of(language) - expected), text).toBeLessThan(0.012)
    }
  })

  it('name the same language as reliable', () => {
    const agreed = texts.filter((text) => {
      const result = eld.detect(text)
      return scoreLanguages(text).reliable === (result.isReliable() ? result.language : undefined)
    })
    expect(agreed.length / texts.length).toBeGreaterThan(0.97)
  })

  it('say nothing of a text without letters', () => {
    expect(scoreLanguages('12 % — 42 €')).toMatchObject({ highest: 0, reliable: undefined })
  })
})

it('the table is what the generator makes of eld’s data', async () => {
  const generator = new URL('../../scripts/generate-language-table.mjs', import.meta.url)
  const { languageTable } = await import(generator.href)
  const written = await readFile(new URL('../../src/text/language/table.ts', import.meta.url), 'utf8')
  expect(written === (await languageTable())).toBe(true)
})
