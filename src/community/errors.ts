import { defineErrors } from '../platform/errors.ts'

export const communityErrors = defineErrors({
  QUESTION_TITLE_MISSING: [400, 'Write your question in a few words.'],
  QUESTION_TITLE_TOO_LONG: [
    400,
    'The question is longer than {longest} characters. Shorten it, and put the rest into the details.',
  ],
  QUESTION_TEXT_TOO_LONG: [400, 'The text is longer than {longest} characters. Shorten it.'],
  QUESTION_TEXT_MISSING: [400, 'Write what you would like to add.'],
  QUESTION_CHARACTERS: [
    400,
    'The text held characters that cannot be stored. They were taken out: check the text, and send it again.',
  ],
  QUESTION_EMAIL_INVALID: [400, 'This is not an e-mail address. Correct it, or leave the field empty.'],
  QUESTION_TOO_SOON: [400, 'That was very quick. Check your text for a moment, and send it again.'],
  QUESTION_FORM_EXPIRED: [400, 'This page was open for too long. Your text is still here: send it again.'],
  QUESTION_TOO_MANY: [
    429,
    'Many questions came from your network in the last hour. Keep your text, and send it again later.',
  ],
  QUESTION_TOO_MANY_LINKS: [400, 'The text holds more than {most} links. Leave some out.'],
  QUESTION_NOT_FOUND: [404, 'There is no question {id}'],
  QUESTION_NOT_HELD: [409, 'The question {id} is not held any more: somebody released or rejected it'],
  THREAD_NOT_ASKED_HERE: [
    409,
    'The thread {id} was not asked in the help centre. Answer it in the community that it comes from.',
  ],
  ANSWER_NOT_FOUND: [404, 'There is no answer {id} on its way from this thread'],
  ANSWER_NOT_FAILED: [409, 'The answer {id} did not fail, or is on its way again'],
  ANSWER_LOCKED: [409, '{name} is writing an answer to this thread. Wait, or take over.'],
})
