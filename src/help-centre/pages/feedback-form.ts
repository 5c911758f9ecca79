import { type Html, html } from '../../text/html/html.ts'
import type { Site } from './layout.ts'
import { quietOffer } from './offer.ts'
import { wordsIn } from './words.ts'

/** How far a reader is with saying whether an article helped: not asked, answered, or done. */
export const FEEDBACK_STEPS = ['ask', 'yes', 'no', 'thanks'] as const
export type FeedbackStep = (typeof FEEDBACK_STEPS)[number]

/** The step that an address names. */
export function feedbackStep(given: unknown): FeedbackStep {
  return FEEDBACK_STEPS.find((step) => step === given) ?? 'ask'
}

/** Characters of a reason. */
export const LONGEST_REASON = 1_000

/**
 * *Did this solve your problem?*, and then why. It holds no token: pages are kept and shared, and a form from another
 * site is refused by where it comes from.
 *
 * @param path and `id` of the article
 */
export function feedbackForm(
  site: Site,
  { path, id, step }: { readonly path: string; readonly id: string; readonly step: FeedbackStep },
): Html {
  const { language, settings } = site
  const words = wordsIn(language)
  const action = `${path}/feedback`
  if (step === 'ask')
    return html`<section class="feedback" id="feedback" aria-labelledby="solved">
<form method="post" action="${action}"><h2 id="solved">${words.solved}</h2>
<button name="solved" value="yes">${words.yes}</button> <button name="solved" value="no">${words.no}</button></form></section>`
  if (step === 'thanks')
    return html`<section class="feedback" id="feedback"><p role="status">${words.thanksReason}</p></section>`
  const isSolved = step === 'yes'
  return html`<section class="feedback" id="feedback">
<p role="status">${isSolved ? words.thanksYes : words.thanksNo}</p>
${!isSolved && quietOffer(site, words.wantHelp, { after: id })}
<form method="post" action="${action}" class="reason"><input type="hidden" name="solved" value="${step}">
<label for="reason">${isSolved ? words.whyYes : words.whyNo}</label>
<textarea id="reason" name="reason" rows="3" maxlength="${LONGEST_REASON}" aria-describedby="reason-hint"></textarea>
<p class="quiet" id="reason-hint">${words.noPersonal}</p>
<button>${words.send}</button>${
    !isSolved && settings.contact !== '' && html` <a href="${settings.contact}">${words.contact}</a>`
  }</form></section>`
}
