import { Type } from 'typebox'
import { type Calendar, WEEKDAYS, type Weekday } from './calendar.ts'

const closed = { additionalProperties: false } as const

const TimeOfDay = (description: string) =>
  Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', description })

export const CalendarSchema = Type.Unsafe<Calendar>(
  Type.Object(
    {
      timeZone: Type.String({ maxLength: 100, description: 'IANA name, such as `Europe/Paris`' }),
      open: Type.Array(
        Type.Object(
          {
            days: Type.Array(Type.Unsafe<Weekday>(Type.String({ enum: [...WEEKDAYS] })), {
              minItems: 1,
              maxItems: 7,
            }),
            from: TimeOfDay('`09:00`'),
            to: TimeOfDay('`18:00`; where it is not later than `from`, until then on the next day'),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
      closedDays: Type.Optional(
        Type.Array(
          Type.String({
            pattern: '^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$',
            description: 'Closed all day: `2026-05-25`, or `12-25` for every year',
          }),
          { maxItems: 500 },
        ),
      ),
    },
    { ...closed, description: 'When a desk is open, in its time zone' },
  ),
)
