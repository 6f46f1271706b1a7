import { useAutoscaling } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { Badge } from '../../components/Badge';
import { Note } from '../../components/Note';
import { Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Ago, Time } from '../../components/Time';

type Autoscaling = Schemas['Autoscaling'];

const SCALERS: Record<Autoscaling['autoscaler'], string> = {
    default: 'as many backends as there are',
    load: 'as many as the load needs',
    class: 'what a class of yours says',
    command: 'what a program of yours prints',
    http: 'what a service of yours answers',
};

const ACTUATORS: Record<Autoscaling['actuator'], string> = {
    none: 'nothing is started or stopped from here; the number is a metric for a scaler of the platform',
    command: 'a program of yours starts and stops backends',
    kubernetes: 'the size of a StatefulSet is set',
};

/** It is decided at most every 5 min. */
const LATE_MS = 600_000;

/** How many backends the site has and should have, why, and what is waited for. */
export function Scale() {
    const scaling = useAutoscaling();
    return (
        <Reading query={scaling} what="How many backends there should be">
            {(data) => <Numbers scaling={data} />}
        </Reading>
    );
}

function Numbers({ scaling }: { scaling: Autoscaling }) {
    const { backends, decidedAt, platform, problem } = scaling;
    // As long as nothing is decided the API says that as many are desired as there are.
    const desired = decidedAt === undefined ? undefined : scaling.desired;
    return (
        <Panel
            title="How many backends"
            aside={
                <>
                    <Badge state={scaling.state} />{' '}
                    {decidedAt === undefined ? (
                        'not decided'
                    ) : (
                        <>
                            <Time at={decidedAt} />, <Ago at={decidedAt} late={LATE_MS} /> ago
                        </>
                    )}
                </>
            }
        >
            <dl className="figures" aria-label="Backends in numbers">
                <div title="Whatever their status">
                    <dt>Are there</dt>
                    <dd>{backends}</dd>
                </div>
                <div>
                    <dt>Desired</dt>
                    <dd>
                        {desired ?? '–'}
                        {desired === undefined || desired === backends ? null : (
                            <small>
                                {' '}
                                {desired > backends ? '+' : '−'}
                                {Math.abs(desired - backends)}
                            </small>
                        )}
                    </dd>
                </div>
                <div title="Of those that are started and stopped">
                    <dt>To run on the platform</dt>
                    <dd>{platform ?? '–'}</dd>
                </div>
            </dl>
            {problem === undefined ? null : (
                <Note tone="warn" title="The scaler’s answer is of no use, so nothing changes">
                    {problem}
                </Note>
            )}
            <dl className="facts">
                <dt>Why</dt>
                <dd>{scaling.why}</dd>
                <dt>Next</dt>
                <dd>{scaling.next ?? <span className="quiet">nothing is waited for</span>}</dd>
                <dt>Who says how many</dt>
                <dd>
                    <code>{scaling.autoscaler}</code> <span className="quiet">{SCALERS[scaling.autoscaler]}</span>
                </dd>
                <dt>Who carries it out</dt>
                <dd>
                    <code>{scaling.actuator}</code> <span className="quiet">{ACTUATORS[scaling.actuator]}</span>
                </dd>
            </dl>
            {scaling.notes.length === 0 ? null : (
                <ul className="plain-list" aria-label="What else to know">
                    {scaling.notes.map((note) => (
                        <li key={note}>{note}</li>
                    ))}
                </ul>
            )}
        </Panel>
    );
}
