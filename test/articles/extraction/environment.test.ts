import { describe, expect, it } from 'vitest'
import { draftOf } from './material.ts'

const namesIn = (question: string, language = 'en', names: string[] = [], title = 'It stopped') =>
  draftOf({ title, question, language, names })
    .content.environment.split('\n')
    .map((line) => line.replace('- ', ''))

describe('the environment of a draft', () => {
  it.each([
    [
      'en',
      'My Brumabox 5 restarts. I use Windows 11 and an iPhone 13 Pro.',
      ['Brumabox 5', 'Windows 11', 'iPhone 13 Pro'],
    ],
    [
      'en',
      'I am on the Comfort plan, firmware 2.1.4, with a Pixel 7.',
      ['Comfort', 'firmware 2.1.4', 'Pixel 7'],
    ],
    ['fr', 'J’ai le forfait Nomade 80 Go et un Samsung A54.', ['Nomade 80 Go', 'Samsung A54']],
    ['fr', 'Sous Android 14, ma Brumabox perd le Wi-Fi.', ['Android 14', 'Brumabox']],
  ])('names products, plans, devices and versions, a line each (%s: %s)', (language, question, expected) => {
    expect(namesIn(question, language)).toEqual(expected)
  })

  it('names versions whole inside brackets', () => {
    expect(namesIn('Since the update (firmware 4.2.1) the box (a Brumabox 6.1) hums.')).toEqual([
      'firmware 4.2.1',
      'Brumabox 6.1',
    ])
  })

  it('names the devices and plans for which the answer holds', () => {
    const { content, passages } = draftOf({
      question: 'It asks for a PIN.',
      answers: ['With **Fibre Pro** it cannot be switched off. On an iPhone: Settings > Mobile data.'],
    })
    expect(content.environment).toBe('- iPhone\n- Fibre Pro')
    expect(passages.filter(({ section }) => section === 'environment').map(({ postIds }) => postIds)).toEqual(
      [['a1'], ['a1']],
    )
  })

  it('names what the tags of the community know', () => {
    expect(namesIn('Depuis hier Bruma TV est muette.', 'fr', ['bruma-tv', 'son', 'panne'])).toEqual([
      'Bruma TV',
    ])
  })

  it('names each once, in its fullest form', () => {
    expect(namesIn('The Brumabox is hot. My Brumabox 5 is new. My Brumabox hums.')).toEqual(['Brumabox 5'])
  })

  it('is no list of tags, days, places, people or first words', () => {
    expect(
      namesIn('On Monday we went to Lisbon. Router dead. Called Anna. The TV and the PC show HDMI.', 'en', [
        'router',
        'lisbon',
      ]),
    ).toEqual([''])
    expect(
      namesIn('Facture reçue samedi. En Suisse, rien. Mon SIRET manque.', 'fr', ['facture', 'suisse']),
    ).toEqual([''])
  })

  it('reads no code', () => {
    expect(namesIn('It fails:\n\n```\nWindows 98\n```\n\nand `Android 4` too.')).toEqual([''])
  })
})
