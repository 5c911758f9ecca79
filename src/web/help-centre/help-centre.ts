import './styles/base.css'
import './styles/bars.css'
import './styles/search.css'
import './styles/lists.css'
import './styles/article.css'
import './styles/forms.css'
import './styles/ask.css'
import './styles/offer.css'
import './styles/print.css'
import { proposeWhileAsking } from './ask.ts'
import { rememberSearches } from './recent-searches.ts'
import { suggest } from './suggestions.ts'

// What a page of the help centre does beyond what it is without a script.
for (const form of document.querySelectorAll<HTMLFormElement>('form.search')) {
  suggest(form)
  rememberSearches(form)
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-proposal]')) proposeWhileAsking(form)

// A vote that is sent twice counts once, but the page should say that it is on its way.
for (const form of document.querySelectorAll<HTMLFormElement>('.feedback form, .ask form, .reply-form'))
  form.addEventListener('submit', () => {
    // After the browser has read which button it was.
    setTimeout(() => {
      for (const button of form.querySelectorAll('button')) button.disabled = true
    })
  })
