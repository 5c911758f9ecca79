import { describe, expect, it } from 'vitest'
import { draftOf, HELPER, issueOf, STRANGER } from './material.ts'

describe('the issue of a draft', () => {
  it.each([
    ['Hi all, hope you can help.\n\nMy router drops the line every night at 2.'],
    ['Hello everyone! My router drops the line every night at 2. Thanks in advance for your help!'],
    ['Good morning, my router drops the line every night at 2.\n\nKind regards,\nHenry'],
    [
      'Hi. My router drops the line every night at 2.\n\nMany thanks\n\nHenry Marsh\n+44 7700 900123\nSent from my iPhone',
    ],
    [
      'Hey folks, first post here, sorry if wrong section. My router drops the line every night at 2. Any ideas?',
    ],
    ['Hi there\nMy router drops the line every night at 2.\nPlease help!!\n-- \nHenry\nGround Control Ltd'],
    [
      'Dear support team,\n\nMy router drops the line every night at 2.\n\nI would appreciate any help.\nYours sincerely,\nHenry',
    ],
  ])('has neither salutation nor thanks nor signature (en %#)', (question) => {
    expect(issueOf(question)).toBe('My router drops the line every night at 2.')
  })

  it.each([
    ['Bonjour à tous, voilà, la box coupe chaque nuit à 2 h.'],
    [
      'Bonjour à toutes et à tous,\n\nLa box coupe chaque nuit à 2 h.\n\nMerci d’avance,\nBernard\n06 39 98 12 34',
    ],
    ['Bonsoir ! La box coupe chaque nuit à 2 h. Merci d’avance pour vos réponses !'],
    ['slt\nla box coupe chaque nuit à 2 h.\nmerci bcp'],
    [
      'Bonjour Madame, Monsieur,\nLa box coupe chaque nuit à 2 h.\nDans l’attente de votre réponse, je vous prie d’agréer mes salutations.\nCordialement, Bernard',
    ],
    ['Salut la communauté, nouveau ici, pardon pour les fautes. La box coupe chaque nuit à 2 h. Une idée ?'],
    ['Hello, la box coupe chaque nuit à 2 h. Quelqu’un peut m’aider svp ?\n\nBonne journée à tous 😊'],
    ['Bonjour.\n\nLa box coupe chaque nuit à 2 h.\n\n--\nBernard\nTél. : 01 99 00 12 34'],
  ])('has neither salutation nor thanks nor signature (fr %#)', (question) => {
    expect(issueOf(question, 'fr').replace(/^la/, 'La')).toBe('La box coupe chaque nuit à 2 h.')
  })

  it.each([
    ['Jeannine C.'],
    ['Mme J. Corbelin'],
    ['J. C.'],
    ['Jeannine xx'],
    ['Jeannine Corbelin, 4 Weir Lane'],
    ['Jeannine Corbelin\n3, place du Lavoir — 05 36 49 22 18'],
  ])('has no name of its author below it, in whatever form (%s)', (signature) => {
    const question = 'My router drops the line every night at 2.'
    expect(issueOf(`${question}\n\n${signature}`)).toBe(question)
    expect(issueOf(signature.split('\n')[0]!)).not.toBe('')
  })

  it('keeps last lines that name something else', () => {
    const question = 'These fail:\nJeans and Cords\nM6 and C8'
    expect(issueOf(question)).toBe(question)
  })

  it('keeps a request that is worded as thanks', () => {
    const question = 'Ma ligne est coupée. Merci de me dire quand elle sera rétablie.'
    expect(issueOf(question, 'fr')).toBe(question)
  })

  it('keeps the question mark of a sentence that ends in a plea', () => {
    expect(issueOf('Que dois-je faire, s’il vous plaît ?', 'fr')).toBe('Que dois-je faire ?')
  })

  it('keeps what an edit adds, and drops what it chats', () => {
    expect(issueOf('No sound on TV.\n\nEdit: it happens over HDMI only.\n\nEdit 2: fixed a typo')).toBe(
      'No sound on TV.\n\nIt happens over HDMI only.',
    )
    expect(issueOf('Plus de son.\n\nMàJ : uniquement en HDMI.\n\nEDIT : orthographe', 'fr')).toBe(
      'Plus de son.\n\nUniquement en HDMI.',
    )
  })

  it('keeps the words of the requestor, mistakes included', () => {
    const question = 'g tapé 3x le mauvais pin et maintenant ca demande un PUK. il me reste 10 essais'
    expect(issueOf(question, 'fr')).toBe(question)
  })

  it('keeps quoted messages, and drops quotes of others', () => {
    const sms = 'I received this:\n\n> Your parcel waits. Pay 1.99 here.\n\nIs it you?'
    expect(issueOf(sms)).toBe(sms)
    expect(issueOf('> Bob wrote: buy another box\n\nI did, and it is the same.')).toBe(
      'I did, and it is the same.',
    )
    const { content } = draftOf({
      question: 'The box is slow.',
      answers: ['> The box is slow.\n\nMove it away from the oven.'],
    })
    expect(content.resolution).toBe('Move it away from the oven.')
    const both = draftOf({ question: sms, answers: ['> Your parcel waits. Pay 1.99 here.\n\nNot us.'] })
    expect(both.content).toMatchObject({ issue: sms, resolution: 'Not us.' })
  })

  it('keeps lists, code, tables, mathematics, links and pictures byte for byte', () => {
    const kept = [
      '* first\n* second  \n   with a break',
      '```sh\n$ ping  box\nHello, thanks!\n```',
      '| a | b |\n|---|:-:|\n| Merci | Bonjour |',
      '$$\n\\int_0^1 x\\,dx\n$$',
      'See [the page](https://example.org/a_(b)?c=d.e#f) and ![a picture. Yes](https://example.org/p.png).',
      '    indented code\n\n    goes on',
    ].join('\n\n')
    expect(issueOf(`Hi all,\n\n${kept}\n\nThanks in advance!`)).toBe(kept)
  })

  it('is unchanged by a second extraction, and for a post that is clean', () => {
    const clean = 'The lamp is red.\n\n\n1. I pulled the plug.\n2. I waited.\nNothing.  \nAt all.'
    expect(issueOf(clean)).toBe(clean)
  })

  it('gains what the asker adds later, not thanks and not what others have', () => {
    const { content, passages } = draftOf({
      question: 'The box restarts at night.',
      comments: [
        { body: 'Same problem here, since May!', author: STRANGER },
        { body: 'I forgot to mention: it only happens when the TV is on. Thanks!' },
        { body: 'Still the same with another cable.', parentId: 'q' },
      ],
    })
    expect(content.issue).toBe(
      'The box restarts at night.\n\nI forgot to mention: it only happens when the TV is on.\n\nStill the same with another cable.',
    )
    expect(passages.map(({ postIds }) => postIds)).toEqual([['q'], ['c2'], ['c3']])
  })

  it('gains nothing from what the asker says of the outcome', () => {
    const { content } = draftOf({
      language: 'fr',
      question: 'La box redémarre la nuit.',
      answers: ['Changez le bloc secteur.'],
      comments: [
        { body: 'Ça ne redémarre plus, merci papyfibre !', author: undefined },
        { body: 'C’est bon, plus aucune erreur, merci.' },
      ],
    })
    expect(content.issue).toBe('La box redémarre la nuit.')
  })

  it('gains nothing from replies to answers that the draft leaves out, unless they add to the question', () => {
    const guess = { body: 'Buy another cable.', accepted: false, createdAt: '2024-05-01T10:00:30.000Z' }
    const reply = { parentId: 'a1', createdAt: '2024-05-01T10:00:40.000Z' }
    const issueWith = (body: string) =>
      draftOf({
        question: 'The box restarts at night.',
        answers: [guess, 'Change its power supply.'],
        comments: [{ ...reply, body }],
      }).content.issue
    expect(issueWith('I did, still the same.')).toBe('The box restarts at night.')
    expect(issueWith('I forgot to mention: only while the TV is on.')).toContain('while the TV is on')
  })

  it('is the title where the question only points to it', () => {
    const draft = draftOf({
      title: 'On prend la box ?',
      language: 'fr',
      question: 'Tout est dans le titre. Merci !',
    })
    expect(draft.content.issue).toBe('On prend la box ?')
  })

  it('keeps who helped out of it', () => {
    const { content } = draftOf({ question: 'Slow.', comments: [{ body: 'Still slow?', author: HELPER }] })
    expect(content.issue).toBe('Slow.')
  })
})
