import { writeFileSync } from 'node:fs'

/** Writes a made-up community in NDJSON: answers before questions here and there, comments, acceptances, votes. */
export function writeCommunity(file: string, { threads }: { threads: number }): string {
  const lines: object[] = []
  const at = (minutes: number) => new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString()
  for (let i = 0; i < 40; i++)
    lines.push({ type: 'member', id: `m${i}`, name: `Member ${i}`, reputation: i * 7 })
  for (let i = 0; i < threads; i++) {
    const thread = {
      type: 'thread',
      id: `t${i}`,
      title: `Router model ${i % 17} loses its ${['signal', 'settings', 'address', 'light'][i % 4]} (${i})`,
      createdAt: at(i),
      tags: [`model-${i % 17}`],
      views: i * 3,
    }
    const question = {
      type: 'post',
      id: `q${i}`,
      threadId: `t${i}`,
      kind: 'question',
      authorId: `m${i % 40}`,
      body: `<p>After update ${i} the <b>box</b> restarts every ${(i % 9) + 1} hours. What should I check first?</p>`,
      format: 'html',
      createdAt: at(i),
    }
    const answers = Array.from({ length: i % 4 }, (_, a) => ({
      type: 'post',
      id: `a${i}-${a}`,
      threadId: `t${i}`,
      kind: 'answer',
      authorId: `m${(i + a + 1) % 40}`,
      body: `Check the cable of port ${a}, then restart with the button pressed for ${a + 5} seconds (case ${i}).`,
      format: 'markdown',
      createdAt: at(i + a + 1),
    }))
    lines.push(...(i % 3 === 0 ? [...answers, question, thread] : [thread, question, ...answers]))
    if (answers.length > 0) {
      lines.push({ type: 'acceptance', threadId: `t${i}`, postIds: [`a${i}-0`] })
      lines.push({
        type: 'post',
        id: `c${i}`,
        parentId: `a${i}-0`,
        kind: 'comment',
        body: 'It worked.',
        createdAt: at(i + 9),
      })
      lines.push({ type: 'votes', postId: `a${i}-0`, up: i % 6, down: i % 2 })
    }
  }
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
  return file
}
