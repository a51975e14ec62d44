'use client'
import { useCallback, useState } from 'react'

/** What rushes by while somebody scrolls, or while a list is still growing, was not seen. */
const dwellMs = 80

/** Whether an element has come into view, or nearly, and stayed; once true it stays so. Give the ref to the element. */
export function useSeen(): [ref: (element: Element | null) => (() => void) | undefined, isSeen: boolean] {
  const [isSeen, setSeen] = useState(false)
  const ref = useCallback((element: Element | null) => {
    if (!element) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(timer)
        if (entries.at(-1)?.isIntersecting) timer = setTimeout(() => setSeen(true), dwellMs)
      },
      { rootMargin: '120px' },
    )
    observer.observe(element)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  return [ref, isSeen]
}
