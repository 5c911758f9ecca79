// nlp.js: its neural classifier with its English and French, told which language each text is in.
import { containerBootstrap, Nlp } from '@nlpjs/basic'
import { LangEn } from '@nlpjs/lang-en'
import { LangFr } from '@nlpjs/lang-fr'
import { answer } from './answer.mjs'

await answer(async (rows, { positive }) => {
  const container = await containerBootstrap()
  container.use(LangEn)
  container.use(LangFr)
  const nlp = new Nlp({
    container,
    languages: [...new Set(rows.map(({ language }) => language))],
    autoLoad: false,
    autoSave: false,
    calculateSentiment: false,
    nlu: { log: false },
  })
  for (const { text, label, language } of rows) nlp.addDocument(language, text, label)
  await nlp.train()
  return {
    async classifyAll(test) {
      const verdicts = []
      for (const { text, language } of test) {
        // Its best label counts even where it would rather say none.
        const { classifications } = await nlp.process(language, text)
        const known = classifications.filter(({ intent }) => intent !== 'None')
        const score = known.find(({ intent }) => intent === positive)?.score ?? 0
        verdicts.push({ label: known[0]?.intent ?? 'None', ...(positive && { score }) })
      }
      return verdicts
    },
    bytes: () => Buffer.byteLength(nlp.export(true)),
  }
})
