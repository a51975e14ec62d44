import clsx from 'clsx'

export const TAB_LIST_CLASS = 'flex gap-5 overflow-x-auto [scrollbar-width:none]'

export function tabClass(isSelected: boolean): string {
  return clsx(
    '-mb-px inline-flex h-9 flex-none items-center gap-1.5 border-b-2 font-medium -outline-offset-2 transition-colors max-md:h-11 max-md:text-md',
    isSelected
      ? 'border-ink text-ink'
      : 'border-transparent text-ink-2 hover:border-line-strong hover:text-ink',
  )
}
