import { useEffect, useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'pombal.theme';

function stored(): Theme {
    const text = localStorage.getItem(KEY);
    return text === 'light' || text === 'dark' ? text : 'system';
}

/** Light, dark, or as the system is. */
export function useTheme(): [Theme, (theme: Theme) => void] {
    const [theme, setTheme] = useState(stored);
    useEffect(() => {
        if (theme === 'system') {
            localStorage.removeItem(KEY);
            delete document.documentElement.dataset['theme'];
        } else {
            localStorage.setItem(KEY, theme);
            document.documentElement.dataset['theme'] = theme;
        }
    }, [theme]);
    return [theme, setTheme];
}
