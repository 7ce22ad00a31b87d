// What the checker needs to know of the vendored libraries; the files themselves are minified and not checked.
declare module "*/vendor/preact.js" {
  export type VNode = { type: unknown; props: Record<string, unknown> }
  export function h(type: unknown, props: unknown, ...children: unknown[]): VNode
  export function render(node: VNode | null, into: Element): void
}
declare module "*/vendor/preact-hooks.js" {
  export function useCallback<F extends (...given: any[]) => any>(callback: F, inputs: unknown[]): F
  export function useMemo<T>(make: () => T, inputs: unknown[]): T
  export function useState<T>(first: T | (() => T)): [T, (next: T | ((now: T) => T)) => void]
  export function useEffect(run: () => void | (() => void), on?: unknown[]): void
  export function useLayoutEffect(run: () => void | (() => void), on?: unknown[]): void
  export function useRef<T>(first: T): { current: T }
  export function useId(): string
}
declare module "*/vendor/htm.js" {
  const htm: { bind<T>(h: (...parts: any[]) => T): (strings: TemplateStringsArray, ...values: unknown[]) => T }
  export default htm
}
declare module "*/vendor/signals.js" {
  export interface Signal<T> { value: T; peek(): T; subscribe(run: (value: T) => void): () => void }
  export interface Derived<T> { readonly value: T; peek(): T; subscribe(run: (value: T) => void): () => void }
  export function signal<T>(first: T): Signal<T>
  export function computed<T>(from: () => T): Derived<T>
  export function effect(run: () => void | (() => void)): () => void
  export function batch<T>(run: () => T): T
  export function untracked<T>(run: () => T): T
  export function useSignal<T>(first: T): Signal<T>
  export function useComputed<T>(from: () => T): Derived<T>
}
declare module "*/vendor/idb.js" {
  export function openDB(name: string, version: number, hooks?: Record<string, unknown>): Promise<any>
  export function deleteDB(name: string, hooks?: Record<string, unknown>): Promise<void>
}
declare module "*/vendor/signals-core.js" {
  export interface Signal<T> { value: T; peek(): T; subscribe(run: (value: T) => void): () => void }
  export interface Derived<T> { readonly value: T; peek(): T; subscribe(run: (value: T) => void): () => void }
  export function signal<T>(first: T): Signal<T>
  export function computed<T>(from: () => T): Derived<T>
  export function effect(run: () => void | (() => void)): () => void
  export function batch<T>(run: () => T): T
  export function untracked<T>(run: () => T): T
}
