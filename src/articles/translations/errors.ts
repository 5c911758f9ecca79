import { defineErrors } from '../../platform/errors.ts'

export const translationErrors = defineErrors({
  TRANSLATION_NOT_FOUND: [404, 'Article {id} is a translation of no article that you may see'],
  TRANSLATION_OF_ITSELF: [409, 'Article {id} cannot be a translation of itself. Name another article.'],
  TRANSLATION_LANGUAGE_UNKNOWN: [
    409,
    'The language of article {id} is not known. Edit the article and choose its language first.',
  ],
  TRANSLATION_SAME_LANGUAGE: [
    409,
    'Article {id} is in the language "{language}" itself. Choose another language, or an article in one.',
  ],
  TRANSLATION_EXISTS: [
    409,
    'Article {id} is in the language "{language}" already as article {translation}. Edit that one, or unlink it first.',
  ],
  TRANSLATION_LINKED: [409, 'Article {id} is a translation of article {original} already. Unlink it first.'],
  TRANSLATION_CIRCULAR: [
    409,
    'Article {original} is a translation of article {id}, and cannot be its original too. Unlink it first.',
  ],
  TRANSLATION_HAS_TRANSLATIONS: [
    409,
    'Article {id} is the original of other translations. Unlink these first, or link the other article to it.',
  ],
  TRANSLATION_CLOSED: [
    403,
    'Article {id} may rest on texts that your audience may not see, so that you can neither translate nor link it. Ask a colleague who sees them.',
  ],
  TRANSLATION_PASSAGE_NOT_FOUND: [404, 'Translation {id} has no passage {passage}. Read its passages again.'],
  TRANSLATION_PASSAGE_LOCKED: [
    412,
    '{by} works on this passage of article {id}. Your text is not stored. Wait until they leave it, or until {until}.',
  ],
  TRANSLATION_PASSAGE_UNLOCKED: [
    412,
    'You no longer hold this passage of article {id}. Your text is not stored. Lock the passage again, compare it with `current`, then save.',
  ],
  TRANSLATION_PASSAGE_CONFLICT: [
    412,
    'This passage of article {id} was saved after you read it. Your text is not stored. Compare it with `current`, then save again with its version.',
  ],
  TRANSLATION_TOO_LONG: [
    400,
    'The {section} of article {id} would have more than {most} characters. Shorten the passage.',
  ],
  TRANSLATION_LANGUAGE_NEEDED: [
    400,
    'Say with `language` into which language translations are missing, such as fr.',
  ],
  TRANSLATION_PROPOSALS_OFF: [
    409,
    'No translation service is set up here. Translate the passage by hand, or ask whoever runs Entraide to set ENTRAIDE_TRANSLATION_URL.',
  ],
  TRANSLATION_PROPOSALS_FAILED: [
    502,
    'The translation service proposed nothing: {reason}. Translate by hand, or try again later.',
  ],
  TRANSLATION_PERSONAL_DATA: [
    409,
    'What you want to have translated may contain personal data, and is sent to no service. Redact it in article {id}, waive it with a reason, or translate by hand.',
  ],
})
