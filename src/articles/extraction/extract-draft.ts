import type { Cleaning } from './clean-post.ts'
import { cleaningOf } from './cleaning.ts'
import { joinDuplicates } from './duplicates.ts'
import { environmentOf } from './environment.ts'
import { issueOf, symptomsIn } from './issue.ts'
import type { DraftMaterial, DraftPost, DraftSection, ExtractedDraft, Passage } from './material.ts'
import { type Piece, writePieces } from './pieces.ts'
import { chosenAnswers, type Resolution, resolutionOf } from './resolution.ts'
import { titleOf } from './title.ts'

/** Stands between two accepted answers. */
const SEPARATOR = '\n\n---\n\n'
/** Characters of an answer in which names of the environment are looked for. */
const LONGEST_ANSWER = 20_000

/** A thread on its way into a draft. */
interface Read {
  readonly material: DraftMaterial
  readonly cleaning: Cleaning
  readonly chosen: readonly DraftPost[]
  readonly asked: ReturnType<typeof issueOf>
}

/**
 * A first draft of an article, extracted from threads that ask the same: every sentence is one of their posts', and no
 * word is added. The title and the issue are the lead's; others add symptoms to it, and all of them answers.
 *
 * Where no answer is accepted, the draft takes the one with the best score and is work in progress. Facts about the
 * asker are no material. Takes time linear in the posts; any Markdown gives a draft.
 */
export function extractDraft(lead: DraftMaterial, others: readonly DraftMaterial[] = []): ExtractedDraft {
  const chosen = new Set(chosenAmong([lead, ...others]))
  const [first, ...rest] = [lead, ...others].map((material): Read => {
    const cleaning = cleaningOf(material)
    const own = chosenAnswers(material.posts).filter((post) => chosen.has(post))
    return { material, cleaning, chosen: own, asked: askedIn(material, own, cleaning) }
  }) as [Read, ...Read[]]
  const all = [first, ...rest]
  const heading = titleOf(lead.title, first.asked.question, first.cleaning)
  const issue = [...first.asked.question, ...first.asked.additions]
  for (const { asked, cleaning } of rest)
    issue.push(...symptomsIn([...asked.question, ...asked.additions], issue, cleaning))
  const { answers, causes } = joined(
    all.map(({ chosen, material, cleaning }) =>
      resolutionOf(chosen, material.posts, { title: material.title, cleaning }),
    ),
  )
  const environment = environmentOf(
    all.map(({ material }) => material.title),
    all.flatMap(({ asked }) => [...asked.question, ...asked.additions]),
    {
      words: first.cleaning.words,
      names: all.flatMap(({ material }) => material.names),
      members: new Set(all.flatMap(({ cleaning }) => [...cleaning.names])),
      answers: [...answers.flat(), ...causes],
      elsewhere: [...chosen].map(({ body }) => body.slice(0, LONGEST_ANSWER)).join('\n'),
    },
  )
  const passages = (section: DraftSection, pieces: readonly Piece[]): Passage[] =>
    pieces.map(({ raw, postIds }) => ({ section, text: raw, postIds }))
  return {
    content: {
      title: heading,
      issue: writePieces(issue),
      environment: environment.map(({ text }) => `- ${text}`).join('\n'),
      resolution: answers.map(writePieces).join(SEPARATOR),
      cause: writePieces(causes),
      language: lead.language,
    },
    confidence: [...chosen].some(({ accepted }) => accepted) ? 'not_validated' : 'wip',
    passages: [
      ...passages('issue', issue),
      ...environment.map(({ text, postIds }): Passage => ({ section: 'environment', text, postIds })),
      ...answers.flatMap((pieces) => passages('resolution', pieces)),
      ...passages('cause', causes),
    ],
  }
}

/** The answers that a draft from these threads rests on: all that are accepted, else the one with the best score. */
export function chosenAmong(threads: readonly Pick<DraftMaterial, 'posts'>[]): DraftPost[] {
  const chosen = threads.flatMap(({ posts }) => chosenAnswers(posts))
  const accepted = chosen.filter((answer) => answer.accepted)
  if (accepted.length > 0) return accepted
  return chosen.sort((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, 1)
}

function askedIn({ title, posts }: DraftMaterial, chosen: readonly DraftPost[], cleaning: Cleaning) {
  const question = posts.find(({ kind }) => kind === 'question')
  if (question === undefined) return { question: [], additions: [] }
  return issueOf(question, title, posts, chosen, cleaning)
}

/** The answers of several threads as one resolution: the most complete first, what they say alike joined. */
function joined(resolutions: readonly Resolution[]): Resolution {
  const [only, ...more] = resolutions.filter(({ answers, causes }) => answers.length + causes.length > 0)
  if (only === undefined || more.length === 0) return only ?? { answers: [], causes: [] }
  const sizeOf = ({ answers }: Resolution) => answers.flat().reduce((sum, { raw }) => sum + raw.length, 0)
  const sorted = [only, ...more].sort((a, b) => sizeOf(b) - sizeOf(a))
  const answers = joinDuplicates(sorted.flatMap((each) => each.answers))
  return {
    answers: answers.filter((pieces) => pieces.length > 0),
    causes: joinDuplicates(sorted.map(({ causes }) => causes)).flat(),
  }
}
