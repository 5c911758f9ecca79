import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { detectLanguage } from '../../src/text/language/detect-language.ts'

describe('the language of a post', () => {
  it.each([
    ['fr', 'Bonjour, ma box ne se connecte plus depuis ce matin.'],
    ['fr', 'résiliation forfait'],
    ['fr', 'comment activer ma carte sim'],
    ['fr', 'J’ai un souci avec la facture du mois dernier, quelqu’un sait pourquoi ?'],
    ['en', 'My router keeps losing the connection every evening.'],
    ['en', 'cancel my plan'],
    ['en', 'How do I activate my new SIM card?'],
    ['es', 'Hola, no puedo entrar en mi cuenta desde ayer por la noche'],
    ['de', 'Ich kann mich nicht anmelden, bitte helfen Sie mir'],
    ['it', 'Buongiorno, non riesco ad accedere al mio account'],
    ['zh', '我无法登录我的帐户'],
    ['ja', 'ログインできません'],
    ['ru', 'Не могу войти в личный кабинет'],
  ])('is %s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language)
  })

  it.each([
    [''],
    ['ok'],
    ['merci'],
    ['Wi-Fi 6'],
    ['ERR_CONN_42 0x80070005'],
    ['https://example.org/the/quick/brown/fox'],
    ['```js\nfor (const each of these) { break }\n```'],
    ['👍👍👍'],
  ])('is not guessed from %j', (text) => {
    expect(detectLanguage(text)).toBe('und')
  })

  it('is that of the prose, not of the code or the links in it', () => {
    const code = '```\nif the user is not found then return an error and stop the whole thing\n```'
    const text = `Ma commande échoue tout le temps :\n\n${code}\n\nUne idée ? https://example.com/why-does-this-fail`
    expect(detectLanguage(text)).toBe('fr')
  })

  it('is that of the writer, not of what is quoted', () => {
    expect(
      detectLanguage('J’ai le message "The server is not responding, please try again", que faire ?'),
    ).toBe('fr')
    expect(detectLanguage('It says « Veuillez saisir votre mot de passe » and I am stuck')).toBe('en')
  })

  it('is told by the beginning of a text', () => {
    expect(
      detectLanguage('My box blinks and nothing works. '.repeat(20) + 'Rien ne marche. '.repeat(50_000)),
    ).toBe('en')
  })
})

interface LabelledPost {
  readonly language: string
  readonly kind: 'plain' | 'mixed' | 'unknowable' | 'other'
  readonly text: string
}

describe('400 short posts with the language that people gave them', async () => {
  const file = new URL('../../fixtures/language/posts.ndjson', import.meta.url)
  const posts: LabelledPost[] = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const wrongAmong = (some: readonly LabelledPost[]) =>
    some
      .filter(({ text, language }) => detectLanguage(text) !== language)
      .map(({ text, language }) => `${language}, not ${detectLanguage(text)}: ${text}`)

  // The detector was tuned on the first half; the second has been measured only.
  it.each([
    ['the half it was tuned on', 0],
    ['the half it was not tuned on', 1],
  ])('are told at least 98 times in 100: %s', (_, half) => {
    const some = posts.filter((_, i) => i % 2 === half)
    expect(some).toHaveLength(200)
    expect(wrongAmong(some).length, wrongAmong(some).join('\n')).toBeLessThanOrEqual(4)
  })

  it('are not guessed where nobody could know', () => {
    expect(wrongAmong(posts.filter(({ kind }) => kind === 'unknowable'))).toEqual([])
  })

  it('are told from languages that are neither French nor English', () => {
    expect(wrongAmong(posts.filter(({ kind }) => kind === 'other'))).toEqual([])
  })
})
