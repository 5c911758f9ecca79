// natural's classifiers, with its stemmer of the language of most texts.
import { createRequire } from 'node:module'
import { answer } from './answer.mjs'

const require = createRequire(import.meta.url)
// By module path: the package's root loads database clients.
const part = (path) => require(`natural/lib/natural/${path}`)
const Classifier = {
  bayes: part('classifiers/bayes_classifier'),
  logistic: part('classifiers/logistic_regression_classifier'),
}[process.argv[3]]
const stemmers = { en: part('stemmers/porter_stemmer'), fr: part('stemmers/porter_stemmer_fr') }

await answer((rows, { positive }) => {
  const french = rows.filter(({ language }) => language === 'fr').length
  const classifier = new Classifier(french > rows.length / 2 ? stemmers.fr : stemmers.en)
  for (const { text, label } of rows) classifier.addDocument(text, label)
  classifier.train()
  return {
    classifyAll: (test) =>
      test.map(({ text }) => {
        const ranked = classifier.getClassifications(text)
        const total = ranked.reduce((sum, { value }) => sum + value, 0)
        const own = ranked.find(({ label }) => label === positive)?.value ?? 0
        return { label: ranked[0].label, ...(positive && { score: total > 0 ? own / total : 0 }) }
      }),
    bytes: () => Buffer.byteLength(JSON.stringify(classifier)),
  }
})
