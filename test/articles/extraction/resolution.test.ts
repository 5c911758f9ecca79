import { describe, expect, it } from 'vitest'
import { ASKER, draftOf, HELPER, resolutionOf, STRANGER } from './material.ts'

describe('the resolution of a draft', () => {
  it.each([
    ['en', 'Hi Jeannine, welcome! Replace the cable. Hope this helps!', 'Replace the cable.'],
    [
      'en',
      "Don't worry. Replace the cable.\n\nGood luck, let us know how it goes.\nBest regards, Tom",
      'Replace the cable.',
    ],
    [
      'en',
      'Jeannine, the cable is to be replaced. I have forwarded your case to the team.',
      'The cable is to be replaced.',
    ],
    ['fr', 'Bonjour Jeannine, remplacez le câble. Bon courage !', 'Remplacez le câble.'],
    [
      'fr',
      'Bonsoir,\n\nRemplacez le câble.\n\nN’hésitez pas à revenir vers nous.\n\nBien à vous,\nInès',
      'Remplacez le câble.',
    ],
    [
      'fr',
      'Je viens de vérifier votre ligne. Remplacez le câble. J’espère vous avoir aidée.',
      'Remplacez le câble.',
    ],
  ])('is the answer without what surrounds it (%s: %s)', (language, answer, expected) => {
    expect(resolutionOf(language, answer)).toBe(expected)
  })

  it('keeps the list of an answer as it is', () => {
    const answer = '1. Open **Settings**.\n2. Tap *Reset*.\n\n   It takes a minute.\n3. Restart.'
    expect(resolutionOf('en', `Hello!\n\n${answer}\n\nHope that helps`)).toBe(answer)
  })

  it('numbers the steps that an answer tells in sentences', () => {
    expect(
      resolutionOf(
        'en',
        'It takes a minute. Open the settings. Then tap Network. It is the third line. Finally, restart the phone.',
      ),
    ).toBe(
      'It takes a minute.\n\n1. Open the settings.\n2. Then tap Network. It is the third line.\n3. Finally, restart the phone.',
    )
    expect(
      resolutionOf(
        'fr',
        'Allez dans les réglages. Cliquez sur « Réseau ». Puis redémarrez la box. Le voyant devient blanc.',
      ),
    ).toBe(
      '1. Allez dans les réglages.\n2. Cliquez sur « Réseau ».\n3. Puis redémarrez la box.\n\nLe voyant devient blanc.',
    )
  })

  it('makes no list of a single step', () => {
    const answer = 'Restart the box. The lamp turns white after two minutes.'
    expect(resolutionOf('en', answer)).toBe(answer)
  })

  it('takes every accepted answer, oldest first', () => {
    expect(resolutionOf('en', 'Change the cable.', 'Update the driver as well.')).toBe(
      'Change the cable.\n\n---\n\nUpdate the driver as well.',
    )
  })

  it('joins what two answers say alike: the fuller sentence stays, and cites both', () => {
    const { content, passages } = draftOf({
      question: 'No data abroad.',
      answers: [
        'Switch on data roaming in the settings.',
        'Switch on data roaming in the settings of the phone. A pass is needed outside Europe.',
      ],
    })
    expect(content.resolution).toBe(
      'Switch on data roaming in the settings of the phone.\n\n---\n\nA pass is needed outside Europe.',
    )
    expect(passages.find(({ text }) => text.startsWith('Switch'))?.postIds).toEqual(['a1', 'a2'])
  })

  it('joins no opposites and no different numbers', () => {
    for (const [one, other] of [
      ['Press the reset button for ten seconds.', "Don't press the reset button for ten seconds."],
      ['Set the upload limit to 90 percent.', 'Set the upload limit to 80 percent.'],
      ['Débranchez la box pendant la nuit.', 'Ne débranchez pas la box pendant la nuit.'],
    ] as const)
      expect(resolutionOf('und', one, other)).toBe(`${one}\n\n---\n\n${other}`)
  })

  it.each([
    ['en', 'Careful, this erases the settings: save them first.'],
    ['en', 'Actually the menu has moved to System > Backup since version 5.'],
    ['fr', 'Attention, cela efface les réglages : sauvegardez-les d’abord.'],
    ['fr', 'En fait, le menu est passé sous Système > Sauvegarde.'],
  ])('is completed by comments that correct it (%s: %s)', (language, correction) => {
    for (const author of [HELPER, { ...STRANGER, role: 'staff' as const }, ASKER]) {
      const { content, passages } = draftOf({
        language,
        question: 'Q ?',
        answers: ['Press reset.'],
        comments: [{ body: correction, parentId: 'a1', author }],
      })
      expect(content.resolution).toBe(`Press reset.\n\n${correction}`)
      expect(passages.at(-1)?.postIds).toEqual(['c1'])
    }
  })

  it('takes no comment of a stranger, under another answer, or without a correction', () => {
    const { content } = draftOf({
      question: 'Q?',
      answers: ['Press reset.', { body: 'Throw it away.', accepted: false }],
      comments: [
        { body: 'Careful, that broke mine.', parentId: 'a1', author: STRANGER },
        { body: 'Careful, nonsense.', parentId: 'a2', author: HELPER },
        { body: 'Glad it works.', parentId: 'a1', author: HELPER },
      ],
    })
    expect(content.resolution).toBe('Press reset.')
  })

  it('is the best-voted answer, as work in progress, where none is accepted', () => {
    const draft = draftOf({
      question: 'Q?',
      answers: [
        { body: 'Wait.', accepted: false, score: 1 },
        { body: 'Press reset.', accepted: false, score: 9 },
      ],
    })
    expect(draft).toMatchObject({ confidence: 'wip', content: { resolution: 'Press reset.' } })
  })
})

describe('the cause of a draft', () => {
  it.each([
    [
      'en',
      'That is because the filter is missing. Order one.',
      'That is because the filter is missing.',
      'Order one.',
    ],
    [
      'en',
      'It is caused by an old firmware. Update the box.',
      'It is caused by an old firmware.',
      'Update the box.',
    ],
    [
      'en',
      'Steady red means the line is cut. It is outside the house. Ring us.',
      'Steady red means the line is cut. It is outside the house.',
      'Ring us.',
    ],
    [
      'fr',
      'C’est dû à un filtre absent. Commandez-en un.',
      'C’est dû à un filtre absent.',
      'Commandez-en un.',
    ],
    [
      'fr',
      'Parce que la promotion est finie. Vous pouvez changer d’offre.',
      'Parce que la promotion est finie.',
      'Vous pouvez changer d’offre.',
    ],
    [
      'fr',
      'Le rouge fixe veut dire que la ligne est coupée. Appelez-nous.',
      'Le rouge fixe veut dire que la ligne est coupée.',
      'Appelez-nous.',
    ],
  ])('is what an answer begins with to explain (%s: %s)', (language, answer, cause, resolution) => {
    expect(draftOf({ language, question: 'Q ?', answers: [answer] }).content).toMatchObject({
      cause,
      resolution,
    })
  })

  it('is quoted, not moved, where the text before leans on it', () => {
    const answer = 'The line is fine. The fault is due to the cable. Replace it.'
    expect(draftOf({ question: 'Q?', answers: [answer] }).content).toMatchObject({
      cause: 'The fault is due to the cable.',
      resolution: answer,
    })
  })

  it('is what an answer explains before what is to be done, with or without a word that says so', () => {
    for (const [language, cause, resolution] of [
      ['en', 'Not the SIM. At the edge of coverage the phone keeps jumping between both.', 'Turn 5G off.'],
      ['fr', 'Les opérateurs transmettent leurs relevés par lots.', 'Pour la valeur réelle, envoyez CONSO.'],
    ] as const)
      expect(
        draftOf({ language, question: 'Q ?', answers: [`${cause} ${resolution}`] }).content,
      ).toMatchObject({ cause, resolution })
  })

  it('is nothing that an answer explains to who asks what something is or how it is done', () => {
    const answer = 'The box draws its channel by lot each night. Untick the option to keep it.'
    const causeOf = (title: string) => draftOf({ title, question: 'Q?', answers: [answer] }).content.cause
    expect(causeOf('How does the box choose its channel?')).toBe('')
    expect(causeOf('Why does the box change its channel?')).toBe(
      'The box draws its channel by lot each night.',
    )
    expect(causeOf('The doorbell drops off at night')).toBe('The box draws its channel by lot each night.')
  })

  it('is no definition or overview that advice follows, without a step', () => {
    const answer =
      'A logical qubit is made out of many physical qubits. You can think of it as a subspace, best kept small.'
    expect(draftOf({ question: 'What is it?', answers: [answer] }).content).toMatchObject({
      cause: '',
      resolution: answer,
    })
  })

  it('is empty where an answer would have nothing else, or gives the reason of a step', () => {
    for (const answer of ['Because your plan has no 5G.', 'Do not reset it, because that erases all.'])
      expect(draftOf({ question: 'Q?', answers: [answer] }).content).toMatchObject({
        cause: '',
        resolution: answer,
      })
  })
})
