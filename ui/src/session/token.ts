/**
 * The token with which this tab came in. It lives as long as the tab, and other sites' pages cannot see it; whoever logged in at an
 * OpenID Connect issuer has none, but a cookie that no script sees.
 */
const KEY = 'pombal.token';

export function tokenOf(): string | undefined {
    return sessionStorage.getItem(KEY) ?? undefined;
}

export function keepToken(token: string): void {
    sessionStorage.setItem(KEY, token);
}

export function dropToken(): void {
    sessionStorage.removeItem(KEY);
}
