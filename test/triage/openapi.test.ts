import { expect, it } from 'vitest'
import { reviewRoutes } from '../../src/review/routes.ts'
import { triageRoutes } from '../../src/triage/routes.ts'
import { setUpReview } from '../review/setting.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'

describeEachDatabase('the API document on triage and review', (database, kind) => {
  // The document does not depend on the database.
  it.runIf(kind.name === 'SQLite')('shows examples, and conditions within conditions', async () => {
    const at = await database()
    const setting = await setUpReview(at)
    const { app } = await buildTestApp(at, [triageRoutes(setting.deps), reviewRoutes(setting.review)])
    const document = (await app.inject({ url: '/api/openapi.json' })).json()
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
    const resolve = (reference: string) =>
      reference
        .slice(2)
        .split('/')
        .reduce((part, key) => part?.[key], document)
    for (const reference of references) expect(resolve(reference), reference).toBeDefined()

    const simulate = document.paths['/api/routing/simulate'].post
    const { schema, ...body } = simulate.requestBody.content['application/json']
    expect(body).toHaveProperty('example')
    const when = schema.properties.rules.items.properties.when.$ref
    expect(resolve(when).properties.all.items).toEqual({ $ref: when })
    expect(resolve(when).properties.unanswered.description).toContain('no answer')
    const batch = document.paths['/api/classify/batch'].post
    expect(Object.keys(batch.requestBody.content)).toEqual(['application/x-ndjson'])
    expect(Object.keys(batch.responses['200'].content)).toEqual(['application/x-ndjson'])
  })
})
