'use client'

import { Minus, Plus } from 'lucide-react'
import { type MatrixZoom, nextZoom } from '@/lib/util/matrix-layout'
import { IconButton } from './icon-button'

type MatrixZoomButtonsProps = {
  /** From far to near. */
  zooms: readonly MatrixZoom[]
  zoom: MatrixZoom
  onZoom: (zoom: MatrixZoom) => void
  words: MatrixZoomWords
}

export interface MatrixZoomWords {
  /** Accessible names. */
  group: string
  nearer: string
  further: string
  /** Why it goes no nearer or further. */
  nearest: string
  furthest: string
  /** Each zoom in a word. */
  names: Record<MatrixZoom, string>
}

/** How near one looks at a matrix. */
export function MatrixZoomButtons({ zooms, zoom, onZoom, words }: MatrixZoomButtonsProps) {
  const further = nextZoom(zooms, zoom, -1)
  const nearer = nextZoom(zooms, zoom, 1)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend.
    <div role="group" aria-label={words.group} className="inline-flex flex-none items-center">
      <IconButton
        label={words.further}
        size="sm"
        disabledReason={further ? undefined : words.furthest}
        onClick={() => further && onZoom(further)}
      >
        <Minus className="size-4" />
      </IconButton>
      <span aria-live="polite" className="min-w-14 text-center text-ink-2 text-sm">
        {words.names[zoom]}
      </span>
      <IconButton
        label={words.nearer}
        size="sm"
        disabledReason={nearer ? undefined : words.nearest}
        onClick={() => nearer && onZoom(nearer)}
      >
        <Plus className="size-4" />
      </IconButton>
    </div>
  )
}
