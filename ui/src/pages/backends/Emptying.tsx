import type { Schemas } from '../../api/client';
import { Bar } from '../../components/Bar';
import { Panel } from '../../components/Page';
import { Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useNow } from '../../live/useAge';
import { emptyingOf, timeLeft } from './progress';

/** How far the emptying of a backend is, as long as there is something to empty, and that it is done when it is. */
export function Emptying({ backend }: { backend: Schemas['Backend'] }) {
    const now = useNow();
    const began = emptyingOf(backend.host);
    const load = backend.load;
    const leaving = backend.loadFactor === 0 && (load?.movingOut ?? 0) > 0;
    if (load === undefined || (began === undefined && !leaving)) {
        return null;
    }
    const all = Math.max(began?.groups ?? load.groups, load.groups);
    const gone = all - load.groups;
    const left = began === undefined ? undefined : timeLeft(began, load.groups, now);
    return (
        <Panel title={load.groups === 0 ? 'It is empty' : 'It is being emptied'}>
            <div className="emptying" role="status">
                <Bar
                    part={all === 0 ? 1 : gone / all}
                    tone={load.groups === 0 ? 'good' : 'accent'}
                    label={`${gone} of ${all} groups have gone`}
                />
                <p>
                    <b>{gone}</b> of {all} groups have gone
                    {load.groups === 0 ? '.' : `, ${load.movingOut} are on their way.`}{' '}
                    {load.groups === 0
                        ? ''
                        : left === undefined
                          ? 'How long it takes is known when the first has gone.'
                          : `About ${duration(left)} left.`}
                </p>
                {began === undefined ? null : (
                    <p className="quiet">
                        Began <Time at={new Date(began.at).toISOString()} />, as this tab saw it.
                    </p>
                )}
            </div>
        </Panel>
    );
}
