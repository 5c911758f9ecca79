import { describe, expect, it } from 'vitest'
import { titleOf } from './material.ts'

describe('the title of a draft', () => {
  it.each([
    ['en', 'Hi all, my router keeps rebooting, please help!!!', 'My router keeps rebooting'],
    ['en', 'HELP PLEASE: no sound on channel 4', 'No sound on channel 4'],
    ['en', 'urgent!!! Cannot log in', 'Cannot log in'],
    ['en', 'No data abroad, thanks in advance', 'No data abroad'],
    ['fr', 'Bonjour, ma box redémarre sans cesse svp', 'Ma box redémarre sans cesse'],
    ['fr', 'URGENT – plus de télévision, aidez-moi !!!', 'Plus de télévision'],
    ['fr', 'Aide : facture en double, merci d’avance', 'Facture en double'],
    ['fr', 'Bonsoir à tous, débit trop lent', 'Débit trop lent'],
  ])('is trimmed of greetings and pleas (%s: %s)', (language, title, expected) => {
    expect(titleOf(title, language)).toBe(expected)
  })

  it.each([
    ['en', '[SOLVED] Printer not found on Wi-Fi', 'Printer not found on Wi-Fi'],
    ['en', 'Printer not found on Wi-Fi [Brand X] (solved)', 'Printer not found on Wi-Fi'],
    ['en', 'RE: RE: Printer not found', 'Printer not found'],
    ['fr', '[Résolu] [Box 5] Imprimante introuvable', 'Imprimante introuvable'],
    ['fr', 'Imprimante introuvable (résolu)', 'Imprimante introuvable'],
  ])('has no tags in brackets (%s: %s)', (language, title, expected) => {
    expect(titleOf(title, language)).toBe(expected)
  })

  it.each([
    ['en', 'Why is my bill higher???? I changed nothing', 'Why is my bill higher?'],
    ['en', 'Why is it slow?!?!', 'Why is it slow?'],
    ['en', 'No network since yesterday', 'No network'],
    ['en', 'No network since the storm', 'No network since the storm'],
    ['en', 'Decoder shows a black screen (model 4, bought in May)', 'Decoder shows a black screen'],
    ['fr', 'Comment changer de forfait ??? je suis en Nomade', 'Comment changer de forfait ?'],
    ['fr', 'Plus aucun réseau mobile depuis ce matin', 'Plus aucun réseau mobile'],
  ])('ends where its question ends (%s: %s)', (language, title, expected) => {
    expect(titleOf(title, language)).toBe(expected)
  })

  it('keeps French typography and the quotation in it', () => {
    const title = 'SMS « Votre facture est impayée » : est-ce vrai ?'
    expect(titleOf(title, 'fr')).toBe(title)
  })

  it('lowers what is shouted, and writes names and acronyms as the question does', () => {
    const question = 'Depuis la mise à jour, la Brumabox perd le Wi-Fi.'
    expect(titleOf('MA BRUMABOX NE MARCHE PLUS EN WI-FI', 'fr', question)).toBe(
      'Ma Brumabox ne marche plus en Wi-Fi',
    )
    expect(titleOf('CARTE SIM BLOQUÉE, CODE PUK', 'fr')).toBe('Carte SIM bloquée, code PUK')
  })

  it('keeps a name that begins with a small letter', () => {
    expect(titleOf('iPhone will not ring')).toBe('iPhone will not ring')
  })

  it.each([
    [
      'en',
      'Question',
      'Hi! I moved last week. How do I take my line with me? Thanks',
      'How do I take my line with me?',
    ],
    [
      'en',
      'Help!!',
      'Hello, the decoder shows error 12 at every start.',
      'The decoder shows error 12 at every start',
    ],
    ['fr', 'Problème', 'Bonjour, j’ai déménagé. Où brancher la box ? Merci', 'Où brancher la box ?'],
    ['fr', '', 'Bonjour à tous, comment annuler ma commande ?', 'Comment annuler ma commande ?'],
  ])(
    'is the first sentence that asks where the thread’s says nothing (%s: %s)',
    (language, title, question, expected) => {
      expect(titleOf(title, language, question)).toBe(expected)
    },
  )

  it('is cut between words', () => {
    const title = titleOf(`${'very '.repeat(60)}long`)
    expect(title.length).toBeLessThanOrEqual(120)
    expect(title).toMatch(/very…$/)
  })
})
