import { useCallback, useState, type ReactNode } from 'react';

type Dialog = (close: () => void) => ReactNode;

/** The dialog of a page, one at a time: how it is opened, and what is shown of it. */
export function useDialog(): readonly [open: (dialog: Dialog) => void, shown: ReactNode] {
    const [dialog, setDialog] = useState<Dialog>();
    const open = useCallback((next: Dialog) => setDialog(() => next), []);
    const close = useCallback(() => setDialog(undefined), []);
    return [open, dialog?.(close)];
}
