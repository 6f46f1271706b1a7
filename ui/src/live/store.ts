import { useSyncExternalStore } from 'react';

/** Something that is kept as long as the tab lives, whichever page is shown. */
export class Store<T> {
    private value: T;
    private readonly listeners = new Set<() => void>();

    constructor(value: T) {
        this.value = value;
    }

    get = (): T => this.value;

    set = (value: T): void => {
        if (value !== this.value) {
            this.value = value;
            this.listeners.forEach((tell) => tell());
        }
    };

    subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };
}

export function useStore<T>(store: Store<T>): T {
    return useSyncExternalStore(store.subscribe, store.get);
}
