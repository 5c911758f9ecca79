import { bodyHash } from '../citation.ts'
import { environmentOf } from '../extraction/environment.ts'
import { type Piece, writePieces } from '../extraction/pieces.ts'
import { resolutionOf } from '../extraction/resolution.ts'
import { acceptedOf } from './find-sources.ts'
import type { Passage, PassageCitation, StoredPassage } from './passage.ts'
import { statedNow, unstated } from './stated-now.ts'
import { itemsOf, statementsOf } from './statements.ts'
import type { PostReader, ReadPost } from './thread-material.ts'

/** What taking the change of a cited post would do to an article. */
export interface ProposedChange {
  /** What the post said where the passage rests on it; undefined where only its standing changed. */
  readonly before?: string
  /** What it says there now, or what the answer that took its place says; empty where that is nothing. */
  readonly now: string
  /** The answers that were accepted since. */
  readonly supersededBy: readonly string[]
  /** Passages as they become, by their ids; one without text goes, unless it had none. */
  readonly replaced: ReadonlyMap<string, Passage>
}

interface Flagged {
  readonly passage: StoredPassage
  readonly citation: PassageCitation
  /** All passages of the article. */
  readonly all: readonly StoredPassage[]
  /** Thread that shows the post; absent where the post was removed. */
  readonly threadId?: string
}

/** Stands between two accepted answers. */
const SEPARATOR = '\n\n---\n\n'

/** What taking a change would do; undefined where nothing has changed. */
export async function proposeChange(
  flagged: Flagged,
  posts: PostReader,
): Promise<ProposedChange | undefined> {
  const { passage, citation, threadId } = flagged
  if (citation.flag === undefined) return undefined
  const post = threadId === undefined ? undefined : await posts.read(threadId, citation.postId)
  if (post === undefined || threadId === undefined || citation.flag === 'deleted')
    return { now: '', supersededBy: [], replaced: new Map([[passage.id, without(passage, citation)]]) }
  if (citation.flag === 'superseded') return supersede(flagged, post, { posts, threadId })
  const { text: now, excerpt } = nowOf(flagged, post)
  if (citation.flag === 'unaccepted')
    return { now, supersededBy: [], replaced: new Map([[passage.id, without(passage, citation)]]) }
  const cited = renewCitation(citation, post, excerpt)
  const citations = passage.citations.flatMap((each) =>
    each !== citation ? [each] : now === '' ? [] : [cited],
  )
  return {
    before: asText(passage, citation.excerpt),
    now: asText(passage, excerpt),
    supersededBy: [],
    replaced: new Map([[passage.id, { ...passage, text: now, citations }]]),
  }
}

/** A citation of a post as it is now. */
export function renewCitation(
  citation: PassageCitation,
  { post, body }: ReadPost,
  excerpt: readonly string[],
): PassageCitation {
  return {
    ...citation,
    excerpt,
    hash: bodyHash(body),
    accepted: post.accepted,
    flag: undefined,
    flaggedAt: undefined,
  }
}

/** What a cited post says now where a passage rests on it, as the passage would say it. */
export function nowOf(
  { passage, citation, all }: Omit<Flagged, 'threadId'>,
  post: ReadPost,
): { readonly text: string; readonly excerpt: readonly string[] } {
  if (passage.text === '') return { text: '', excerpt: [] }
  if (passage.section === 'environment') return environmentNow(passage, citation, post)
  const others = all.flatMap(({ id, citations }) =>
    citations.flatMap(({ postId, excerpt }) =>
      id !== passage.id && postId === citation.postId ? excerpt : [],
    ),
  )
  const { section } = passage
  return statedNow(post, { section, excerpt: citation.excerpt, others, words: post.cleaning.words })
}

/** A passage that no longer rests on a post: it goes, unless it rests on another. */
function without(passage: StoredPassage, citation: PassageCitation): Passage {
  const citations = passage.citations.filter((each) => each !== citation)
  const isHeld = citations.some(({ flag }) => flag === undefined)
  return { ...passage, text: isHeld ? passage.text : '', citations }
}

/** The names of a list without those that the post no longer names, and with those that it names now. */
function environmentNow({ section, text }: Passage, { excerpt }: PassageCitation, post: ReadPost) {
  const fallen = new Set(unstated(post, section, excerpt))
  const kept = itemsOf(text)
    .map((item) => item.text)
    .filter((name) => !fallen.has(name))
  const named = environmentOf([], post.pieces, {
    words: post.cleaning.words,
    names: [],
    members: post.cleaning.names,
    elsewhere: '',
    answers: [],
  }).map((name) => name.text)
  const added = named.filter((name) => !kept.some((each) => each.includes(name)))
  return {
    text: listOf([...kept, ...added]),
    excerpt: [...excerpt.filter((name) => !fallen.has(name)), ...added],
  }
}

/** An excerpt to read: names as a list, sentences one after the other, blocks below each other. */
function asText({ section }: Passage, excerpt: readonly string[]): string {
  if (section === 'environment') return listOf(excerpt)
  return excerpt.join(excerpt.some((text) => text.includes('\n')) ? '\n\n' : ' ')
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `- ${name}`).join('\n')
}

/** The answers accepted since take the place of an answer; beside it, where it is accepted still. */
async function supersede(
  { passage, citation, all }: Flagged,
  old: ReadPost,
  { posts, threadId }: { readonly posts: PostReader; readonly threadId: string },
): Promise<ProposedChange> {
  const material = await posts.threadOf(threadId)
  const cited = new Set(all.flatMap(({ citations }) => citations.map(({ postId }) => postId)))
  const answers = acceptedOf(material)
  const news = material.posts.filter(
    ({ id }) => answers.includes(id) && !cited.has(id) && !citation.answers.includes(id),
  )
  const { answers: texts, causes } = resolutionOf(news, material.posts, {
    title: material.title,
    cleaning: old.cleaning,
  })
  const sections = {
    resolution: { text: texts.map(writePieces).join(SEPARATOR), pieces: texts.flat() },
    cause: { text: writePieces(causes), pieces: causes },
  }
  const resting = all.filter(({ citations }) =>
    citations.some(({ postId, flag }) => postId === citation.postId && flag === 'superseded'),
  )
  const replaced = new Map<string, Passage>()
  const placed = new Set<string>()
  for (const each of old.post.accepted ? [...resting].reverse() : resting) {
    const own = each.citations.find(({ postId }) => postId === citation.postId)!
    const known: PassageCitation = { ...own, answers, flag: undefined, flaggedAt: undefined }
    const section = each.section === 'cause' ? 'cause' : 'resolution'
    const isPlace = !placed.has(section) && each.text !== '' && sections[section].text !== ''
    const kept = old.post.accepted
      ? { ...each, citations: each.citations.map((other) => (other === own ? known : other)) }
      : without(each, own)
    replaced.set(each.id, isPlace ? withAnswers(kept, citesOf(sections[section].pieces)) : kept)
    if (!isPlace) continue
    placed.add(section)
    const { text } = sections[section]
    const joined = kept.text === '' ? text : kept.text + (section === 'cause' ? '\n\n' : SEPARATOR) + text
    replaced.set(each.id, { ...replaced.get(each.id)!, text: joined })
  }
  return {
    before: passage.text === '' ? undefined : asText(passage, citation.excerpt),
    now: [sections.cause.text, sections.resolution.text].filter((text) => text !== '').join('\n\n'),
    supersededBy: news.map(({ id }) => id),
    replaced,
  }

  function citesOf(pieces: readonly Piece[]): PassageCitation[] {
    const ids = [...new Set(pieces.flatMap(({ postIds }) => postIds))]
    return ids.flatMap((postId): PassageCitation[] => {
      const post = posts.readIn(material, postId)
      if (post === undefined) return []
      const own = pieces.filter(({ postIds }) => postIds.includes(postId))
      const excerpt = own.flatMap(({ raw }) => statementsOf(raw).map(({ text }) => text))
      return [{ postId, excerpt, hash: bodyHash(post.body), accepted: post.post.accepted, answers }]
    })
  }
}

function withAnswers(passage: Passage, cited: readonly PassageCitation[]): Passage {
  return { ...passage, citations: [...passage.citations, ...cited] }
}
