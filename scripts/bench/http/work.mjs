/** Work that the server does besides answering: an import of a generated dump, and training. */
import { openAsBlob } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateDump } from '../../generate-dump.mjs'

/** Uploads a dump and waits until it is imported and the jobs that follow from it are done. */
export async function importDump({ home, port, token, posts }) {
  const folder = join(home, 'dump')
  await generateDump(folder, { posts })
  const form = new FormData()
  form.set('source', 'bench')
  form.set('format', 'stack-exchange')
  form.set('audience', 'public')
  for (const file of await readdir(folder)) form.append('file', await openAsBlob(join(folder, file)), file)
  const headers = { authorization: `Bearer ${token}` }
  const accepted = await fetch(`http://127.0.0.1:${port}/api/imports`, {
    method: 'POST',
    headers,
    body: form,
  })
  if (accepted.status !== 202) throw new Error(`the upload was answered with ${await accepted.text()}`)
  const { id } = await accepted.json()
  for (;;) {
    const { status } = await (await fetch(`http://127.0.0.1:${port}/api/imports/${id}`, { headers })).json()
    if (status === 'completed') break
    if (status === 'failed') throw new Error('the import failed')
    await sleep(250)
  }
  await settled(port)
}

/** Trains each of the demo's facets again, one after another, as people ask for it over HTTP. */
export async function trainFacets({ port, token }) {
  const headers = { authorization: `Bearer ${token}` }
  for (const facet of ['category', 'urgency', 'sensitivity'])
    await fetch(`http://127.0.0.1:${port}/api/models/${facet}/train`, { method: 'POST', headers })
  await sleep(1000)
  await settled(port)
}

/** Waits until no job runs and no event waits, three looks in a row. */
export async function settled(port) {
  for (let quiet = 0; quiet < 3; ) {
    await sleep(250)
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const value = (name) => Number(metrics.split(`\n${name} `)[1]?.split('\n')[0] ?? 0)
    const busy = value('entraide_jobs{state="running"}') + value('entraide_outbox_events')
    quiet = busy === 0 ? quiet + 1 : 0
  }
}
