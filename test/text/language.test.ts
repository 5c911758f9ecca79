import { describe, expect, it } from 'vitest'
import { detectLanguage } from '../../src/text/language.ts'

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

  it('costs the same for a long text as for a short one', () => {
    const text = 'the box blinks and nothing works any more, '.repeat(50_000)
    detectLanguage(text)
    const start = performance.now()
    for (let i = 0; i < 100; i += 1) detectLanguage(text)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
