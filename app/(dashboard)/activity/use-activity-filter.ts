'use client'
import { useEffect, useMemo, useState } from 'react'
import { useUrlState } from '@/components/layout/use-url-state'
import { activityOutcomes, activityVerbs } from '@/lib/contracts/activity'
import type { ActivityFilterInput } from '@/lib/contracts/inputs/activity'

const nothing = { text: '', verb: '', outcome: '', actor: '', since: '', until: '' }
const restMs = 250

export type ActivityFilter = typeof nothing

/** The filters as the address has them, and as they are asked for: without what is empty, once the typing rests. */
export function useActivityFilter() {
  const [typed, setFilter] = useUrlState(nothing)
  const { text: wanted, verb, outcome, actor, since, until } = usable(typed)
  const text = useRested(wanted)
  const asked = useMemo(() => {
    const given = Object.entries({ text: text.trim(), verb, outcome, actor, since, until })
    return Object.fromEntries(given.filter(([, value]) => value !== '')) as ActivityFilterInput
  }, [text, verb, outcome, actor, since, until])
  // A day that is half typed stays in its field.
  const filter = { ...usable(typed), since: typed.since, until: typed.until }
  return { filter, asked, setFilter, clear: () => setFilter(nothing) }
}

/** Leaves out what no filter can be: an address may be typed by hand, and a year is there digit by digit. */
function usable({ text, verb, outcome, actor, since, until }: ActivityFilter): ActivityFilter {
  return {
    text: text.slice(0, 200),
    verb: activityVerbs.find((one) => one === verb) ?? '',
    outcome: activityOutcomes.find((one) => one === outcome) ?? '',
    actor: actor.slice(0, 255),
    since: day(since),
    until: day(until),
  }
}

const day = (text: string) => (/^20\d\d-\d\d-\d\d$/.test(text) ? text : '')

/** A text once nobody has typed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  // A timer, begun anew with each letter.
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
