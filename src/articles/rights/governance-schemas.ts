import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { GOVERNANCES } from './governance.ts'

const GovernanceKind = Type.Enum([...GOVERNANCES], {
  description:
    '`experience`: whoever is trained for it improves an article; `compliance`: another person approves it first',
})
const Named = Type.Object({ id: Type.String(), name: Type.String() })

export const Rights = Type.Object(
  {
    edit: Type.Boolean(),
    validate: Type.Boolean(),
    widen: Type.Boolean(),
    archive: Type.Boolean(),
    approve: Type.Boolean(),
  },
  { description: 'What the caller may do with the article; for roles that work on articles' },
)

export const ArticleGovernance = Type.Object(
  {
    kind: GovernanceKind,
    category: Type.Optional(Type.String()),
    owner: Type.Optional(Named),
    approval: Type.Optional(
      Type.Object(
        { by: Named, at: Type.String() },
        { description: 'Approval of the latest revision, where the category demands one' },
      ),
    ),
  },
  { description: 'Who answers for the article; for roles that work on articles' },
)

const exampleOwner = { id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t', name: 'Camille' }
const exampleCategory = { label: 'billing', governance: 'compliance', owner: exampleOwner }

export const Category = Type.Object(
  { label: Type.String(), governance: GovernanceKind, owner: Type.Optional(Named) },
  { examples: [exampleCategory] },
)
export const CategoryPage = { ...pageOf(Category), examples: [{ items: [exampleCategory] }] }
export const CategoryQuery = Type.Object(PageQuery.properties, { additionalProperties: false })
export const CategoryParams = Type.Object({
  label: Type.String({ maxLength: 200, description: 'Label of the facet `category`' }),
})
export const CategoryBody = Type.Object(
  {
    governance: GovernanceKind,
    ownerId: Type.Optional(
      Type.String({ maxLength: 100, description: 'Account of its owner; nobody owns it without' }),
    ),
  },
  { additionalProperties: false, examples: [{ governance: 'compliance', ownerId: exampleOwner.id }] },
)

export const OwnerPage = { ...pageOf(Named), examples: [{ items: [exampleOwner] }] }
export const OwnerQuery = Type.Object(
  {
    ...PageQuery.properties,
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Part of the name' })),
  },
  { additionalProperties: false },
)
