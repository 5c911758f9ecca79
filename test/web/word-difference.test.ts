import { expect, it } from 'vitest'
import { differenceOf } from '../../src/web/editor/difference.ts'
import { wordDifference } from '../../src/web/editor/word-difference.ts'

it('shows which words were replaced', () => {
  expect(wordDifference('Restart the box.', 'Restart your box.', 'en')).toEqual([
    { kind: 'same', text: 'Restart ' },
    { kind: 'removed', text: 'the' },
    { kind: 'added', text: 'your' },
    { kind: 'same', text: ' box.' },
  ])
})

it('shows neighbouring words that changed as one change', () => {
  expect(wordDifference('Redémarrez la box.', 'Éteignez votre box.', 'fr')).toEqual([
    { kind: 'removed', text: 'Redémarrez la' },
    { kind: 'added', text: 'Éteignez votre' },
    { kind: 'same', text: ' box.' },
  ])
})

it('finds a text unchanged, emptied or written', () => {
  expect(wordDifference('Same.', 'Same.', 'und')).toEqual([{ kind: 'same', text: 'Same.' }])
  expect(wordDifference('Gone', '', 'en')).toEqual([{ kind: 'removed', text: 'Gone' }])
  expect(wordDifference('', 'New', 'en')).toEqual([{ kind: 'added', text: 'New' }])
})

it('turns one text into another by one replacement', () => {
  for (const [before, after] of [
    ['a b c', 'a x c'],
    ['', 'new'],
    ['aa', 'aaa'],
    ['gone', ''],
  ] as const) {
    const { from, to, insert } = differenceOf(before, after)
    expect(before.slice(0, from) + insert + before.slice(to)).toBe(after)
  }
})
