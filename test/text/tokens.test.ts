import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visitTokens } from '../../src/text/terms/tokens.ts'

/** The words of a text, in order. */
function tokenize(text: string): string[] {
  const words: string[] = []
  visitTokens(text, (word) => words.push(word))
  return words
}

describe('tokens', () => {
  it('takes French elisions and English clitics off', () => {
    expect(tokenize("l'eau, qu’il n'a jusqu'ici")).toEqual(['eau', 'il', 'a', 'ici'])
    expect(tokenize("Anna's phone doesn't work, I've tried")).toEqual(
      'Anna phone doesn work I tried'.split(' '),
    )
    expect(tokenize("O'Reilly")).toEqual(['O', 'Reilly'])
  })

  it('gives a compound joined and in parts, so that its spellings meet', () => {
    expect(tokenize('E-204')).toEqual(['E204', '204'])
    expect(tokenize('e-mail')).toEqual(['email', 'mail'])
    expect(tokenize('ERR_CONNECTION_RESET')).toEqual(['ERRCONNECTIONRESET', 'ERR', 'CONNECTION', 'RESET'])
    expect(tokenize('06-12-34-56-78')[0]).toBe('0612345678')
  })

  it('does not join a verb with the pronoun after it', () => {
    expect(tokenize('peut-on, donnez-moi, celui-ci, a-t-il')).toEqual(
      'peut on donnez moi celui ci a t il'.split(' '),
    )
  })

  it('keeps versions, addresses and abbreviations whole', () => {
    expect(tokenize('iOS 16.4.1')).toEqual(['iOS', '16.4.1', '16', '4', '1'])
    expect(tokenize('192.168.1.1')[0]).toBe('192.168.1.1')
    expect(tokenize('the U.S.A. market')).toEqual(['the', 'USA', 'market'])
    expect(tokenize('End.Start')).toEqual(['End', 'Start'])
  })

  it('parts letters from digits where one side says something', () => {
    expect(tokenize('iphone15 E204 100Mbps 4G')).toEqual(
      'iphone15 iphone 15 E204 204 100Mbps 100 Mbps 4G'.split(' '),
    )
  })

  it('keeps product names and letters of any script', () => {
    expect(tokenize('eSIM Fr33box Пароль パスワード')).toEqual(['eSIM', 'Fr33box', 'Пароль', 'パスワード'])
  })

  it('keeps only the head of a blob, without halving a letter', () => {
    expect(tokenize('a'.repeat(10_000))).toEqual(['a'.repeat(64)])
    expect(tokenize(`a${'𝒳'.repeat(100)}`)).toEqual([`a${'𝒳'.repeat(31)}`])
  })

  it('places every token within the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        visitTokens(text, (word, start, end) => {
          expect(word).not.toBe('')
          expect(start >= 0 && start < end && end <= text.length).toBe(true)
        })
      }),
    )
  })

  it('takes a second at most for a megabyte of joiners and letters', () => {
    const started = performance.now()
    tokenize("a-b.c'd_".repeat(130_000))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
