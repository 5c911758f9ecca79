import lunr from 'lunr'
import addFrench from 'lunr-languages/lunr.fr.js'
import addStemming from 'lunr-languages/lunr.stemmer.support.js'
import { searchWords } from './search-words.ts'

/** An article as a result of the search shows it. */
interface IndexedArticle {
  readonly title: string
  readonly excerpt: string
  /** The address of its page, seen from that of the search. */
  readonly href: string
}

type Step = lunr.PipelineFunction

/** The index of the articles of one language. Words without stemming, in languages other than French and English. */
export function createSearchIndex(language: string) {
  const builder = new lunr.Builder()
  builder.ref('id')
  builder.field('title', { boost: 3 })
  builder.field('body')
  for (const step of stepsFor(language)) {
    builder.pipeline.add(step)
    builder.searchPipeline.add(step)
  }
  const articles: IndexedArticle[] = []

  return {
    add(article: IndexedArticle, body: string): void {
      builder.add({ id: articles.length, title: searchWords(article.title), body: searchWords(body) })
      articles.push(article)
    },

    /** A script that leaves the index where the page's own script finds it: a page opened as a file may not read JSON. */
    script(): string {
      return `window.entraideSearch = ${JSON.stringify({ index: builder.build(), articles })}\n`
    },
  }
}

function stepsFor(language: string): Step[] {
  if (language === 'en') return [lunr.stopWordFilter, lunr.stemmer]
  if (language !== 'fr') return []
  // Adding a language again would replace its steps.
  if (lunr.fr === undefined) {
    addStemming(lunr)
    addFrench(lunr)
  }
  const { stopWordFilter, stemmer } = lunr.fr
  return [stopWordFilter, stemmer].filter((step) => step !== undefined)
}
