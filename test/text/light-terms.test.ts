import { expect, it } from 'vitest'
import { visitLightTerms } from '../../src/text/terms/terms.ts'

function terms(text: string, language: string): string[] {
  const found: string[] = []
  visitLightTerms(text, language, (term) => found.push(term))
  return found
}

it('gives a name the same term in French and English, and a word one term in singular and plural', () => {
  expect(terms("L'écran de la Lumora, les écrans des Lumora", 'fr')).toEqual([
    'ecran',
    'lumora',
    'ecran',
    'lumora',
  ])
  expect(terms('The Lumora screens, a screen', 'en')).toEqual(['lumora', 'screen', 'screen'])
  expect(terms('access', 'en')).toEqual(['access'])
})

it('passes over stop words of the language, of both where it is neither, and what has no letter', () => {
  expect(terms('the car is for sale', 'en')).toEqual(['car', 'sale'])
  expect(terms('the car est pour moi', 'und')).toEqual([])
  expect(terms('In 2026 the E-204 costs 12.50', 'en')).toEqual(['e204', 'cost'])
})

it('says where each term stands', () => {
  const text = 'Écran noir'
  const places: string[] = []
  visitLightTerms(text, 'fr', (_, start, end) => places.push(text.slice(start, end)))
  expect(places).toEqual(['Écran', 'noir'])
})
