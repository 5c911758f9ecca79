import { languageName, type Word } from './synonyms.ts'

/** Words side by side, those of one language with its name before them. */
export function WordList({ words }: { readonly words: readonly Word[] }) {
  return (
    <ul class="synonyms-words">
      {words.map(({ text, language }) => (
        <li key={`${language} ${text}`} lang={language}>
          {text}
          {language !== undefined && (
            <abbr class="small muted" title={languageName(language)}>
              {language}
            </abbr>
          )}
        </li>
      ))}
    </ul>
  )
}
