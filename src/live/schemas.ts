import { Type } from 'typebox'

export const EventsQuery = Type.Object({
  after: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Id of the last event received, for a client that cannot send `Last-Event-ID`',
    }),
  ),
})

export const EventsHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 20, description: 'Id of the last event received; browsers send it' }),
  ),
})
