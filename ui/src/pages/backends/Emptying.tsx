import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useEvacuations } from '../../api/automation';
import { change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { ActionDialog } from '../../components/ActionDialog';
import { Bar } from '../../components/Bar';
import { Panel } from '../../components/Page';
import { Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useNow } from '../../live/useAge';
import { useMay } from '../../session/caller';
import { emptyingOf, timeLeft } from './progress';

/** How far the emptying of a backend is, as long as there is something to empty, and that it is done when it is. */
export function Emptying({ backend }: { backend: Schemas['Backend'] }) {
    const evacuation = useEvacuations().data?.find((each) => each.backend === backend.host);
    return evacuation === undefined ? <AtFullSpeed backend={backend} /> : <AtRate evacuation={evacuation} />;
}

function AtFullSpeed({ backend }: { backend: Schemas['Backend'] }) {
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

function AtRate({ evacuation }: { evacuation: Schemas['Evacuation'] }) {
    const may = useMay('operator');
    const [stopping, setStopping] = useState(false);
    const { groups, waiting, moving, groupsPerMinute, secondsLeft } = evacuation;
    const gone = groups - waiting - moving;
    return (
        <Panel
            title={`It is being emptied, ${groupsPerMinute} groups a minute`}
            aside={
                may ? (
                    <Button className="small" onPress={() => setStopping(true)}>
                        Stop…
                    </Button>
                ) : null
            }
        >
            <div className="emptying" role="status">
                <Bar part={groups === 0 ? 1 : gone / groups} label={`${gone} of ${groups} groups have gone`} />
                <p>
                    <b>{gone}</b> of {groups} groups have gone, {moving} are on their way, {waiting} wait.{' '}
                    {secondsLeft === undefined
                        ? 'How long it takes is known when the first has gone.'
                        : `About ${duration(secondsLeft * 1000)} left.`}
                </p>
                <p className="quiet">
                    Began <Time at={evacuation.startedAt} />, asked for by {evacuation.by}. For another rate, evacuate
                    again.
                </p>
            </div>
            {stopping ? (
                <ActionDialog
                    title={`Stop emptying ${evacuation.backend}`}
                    verb="Stop"
                    onClose={() => setStopping(false)}
                    change={change('delete', '/api/v1/evacuations/{backend}', {
                        path: { backend: evacuation.backend },
                    })}
                >
                    <p>
                        Groups that are on the move arrive. Its load factor stays 0: set it to what it was, or load
                        balancing goes on to drain it.
                    </p>
                </ActionDialog>
            ) : null}
        </Panel>
    );
}
