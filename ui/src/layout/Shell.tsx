import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { NavLink, Outlet } from 'react-router';
import { useHealth, useSites } from '../api/queries';
import { Choice } from '../components/fields';
import { times } from '../components/time';
import { useAddress } from '../components/useAddress';
import { LiveEvents, type LiveState } from '../live/events';
import { useNow } from '../live/useAge';
import { useSession } from '../session/caller';
import { Degraded } from './Degraded';
import { Features } from './Features';
import { LiveAge } from './LiveAge';
import { SiteContext } from './site';
import { useTheme, type Theme } from './theme';

const PAGES = [
    ['', 'Overview'],
    ['backends', 'Backends'],
    ['groups', 'Groups'],
    ['users', 'Users'],
    ['moves', 'Moves'],
    ['plan', 'Plan'],
    ['sites', 'Sites & tags'],
    ['audit', 'Audit'],
    ['settings', 'Settings & access'],
] as const;

function Clock() {
    const { local, utc } = times(new Date(useNow()));
    return (
        <span className="clock">
            {local === utc ? '' : `${local} · `}
            {utc} UTC
        </span>
    );
}

/** What is around every page: the way to the others, the site's features, who is here, and how fresh it all is. */
export function Shell() {
    const queries = useQueryClient();
    const { caller, logOut } = useSession();
    const health = useHealth();
    const sites = useSites();
    const [live, setLive] = useState<LiveState>('connecting');
    const [theme, setTheme] = useTheme();
    const [chosen, setChosen] = useAddress('site');
    const own = health.data?.site ?? '';
    const choose = useCallback((site: string) => setChosen(site === own ? '' : site), [setChosen, own]);
    const choice = useMemo(() => ({ own, site: chosen === '' ? own : chosen, choose }), [own, chosen, choose]);

    useEffect(() => {
        const events = new LiveEvents(queries, setLive);
        events.start();
        return () => events.stop();
    }, [queries]);

    const role = caller.roles.at(-1) ?? 'no role';
    const among = choice.site === own ? '' : `?site=${encodeURIComponent(choice.site)}`;
    return (
        <div className="shell">
            <a className="skip" href="#content">
                Skip to the page
            </a>
            <nav className="pane" aria-label="Pages">
                <div className="brand">
                    <span className="mark" aria-hidden />
                    <span>
                        Pombal <span className="quiet">{own}</span>
                    </span>
                </div>
                <ul>
                    {PAGES.map(([path, name]) => (
                        <li key={path}>
                            <NavLink to={`/${path}${among}`} end={path === ''}>
                                {name}
                            </NavLink>
                        </li>
                    ))}
                </ul>
                {own === '' ? null : <Features site={own} />}
                <div className="who">
                    <div>
                        {caller.name} <span className="quiet">{role}</span>
                    </div>
                    <div className="who-actions">
                        <Choice
                            inline
                            label="Colours"
                            value={theme}
                            onChange={(value) => setTheme(value as Theme)}
                            options={[
                                ['system', 'system'],
                                ['light', 'light'],
                                ['dark', 'dark'],
                            ]}
                        />
                        <Button className="plain small" onPress={logOut}>
                            Log out
                        </Button>
                    </div>
                </div>
            </nav>
            <div className="body">
                <header className="topline">
                    {sites.data !== undefined && sites.data.length > 1 ? (
                        <Choice
                            inline
                            label="Site"
                            value={choice.site}
                            onChange={choose}
                            options={sites.data.map((site) => [
                                site.name,
                                site.name === own ? `${site.name} (this controller's)` : site.name,
                            ])}
                        />
                    ) : null}
                    <span className="fill" />
                    <Clock />
                    <LiveAge live={live} />
                </header>
                <main id="content" tabIndex={-1}>
                    <Degraded live={live} />
                    {own === '' ? null : (
                        <SiteContext value={choice}>
                            <Outlet />
                        </SiteContext>
                    )}
                </main>
            </div>
        </div>
    );
}
