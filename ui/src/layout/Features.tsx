import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { change } from '../api/change';
import type { Schemas } from '../api/client';
import { useFeatures } from '../api/queries';
import { ActionDialog } from '../components/ActionDialog';
import { Badge } from '../components/Badge';
import { Note } from '../components/Note';
import { useMay } from '../session/caller';
import { FEATURES } from './features';

type Feature = Schemas['Feature'];
type State = Feature['state'];

const STATES: readonly State[] = ['off', 'dryrun', 'on'];

const MEANS: Record<State, string> = {
    off: 'nothing is decided',
    dryrun: 'what would be done is decided and shown, and not done',
    on: 'it is decided and done',
};

/** The site's features, in the left pane: what the controller does by itself. */
export function Features({ site }: { site: string }) {
    const features = useFeatures(site);
    const may = useMay('operator');
    const [wanted, setWanted] = useState<{ feature: Feature; state: State }>();
    return (
        <section className="features" aria-label={`Features of site ${site}`}>
            <h2>Site features</h2>
            {features.data === undefined ? (
                <p className="quiet">{features.error === null ? 'Reading…' : 'Not known now'}</p>
            ) : (
                features.data.map((feature) => {
                    const text = FEATURES[feature.feature];
                    const title = text?.title ?? feature.feature;
                    return (
                        <div
                            key={feature.feature}
                            className="feature"
                            title={text?.off === undefined ? undefined : `When off: ${text.off}`}
                        >
                            <span>{title}</span>
                            <ToggleButtonGroup
                                className="states"
                                aria-label={title}
                                selectionMode="single"
                                disallowEmptySelection
                                isDisabled={!may}
                                selectedKeys={[feature.state]}
                                onSelectionChange={(chosen) => {
                                    const state = STATES.find((each) => chosen.has(each));
                                    if (state !== undefined && state !== feature.state) {
                                        setWanted({ feature, state });
                                    }
                                }}
                            >
                                {STATES.map((state) => (
                                    <ToggleButton key={state} id={state} className={`state ${state}`}>
                                        {state}
                                    </ToggleButton>
                                ))}
                            </ToggleButtonGroup>
                        </div>
                    );
                })
            )}
            {wanted === undefined ? null : (
                <SwitchDialog
                    site={site}
                    feature={wanted.feature}
                    state={wanted.state}
                    onClose={() => setWanted(undefined)}
                />
            )}
        </section>
    );
}

/** Asks before a feature is switched: what that does, and what stops. */
export function SwitchDialog({
    site,
    feature,
    state,
    onClose,
}: {
    site: string;
    feature: Feature;
    state: State;
    onClose: () => void;
}) {
    const text = FEATURES[feature.feature];
    return (
        <ActionDialog
            title={`${text?.title ?? feature.feature} of site ${site}`}
            verb={`Set to ${state}`}
            onClose={onClose}
            change={change('put', '/api/v1/sites/{site}/features/{feature}', {
                path: { site, feature: feature.feature },
                body: { state },
                version: feature.version,
            })}
        >
            <p>
                <Badge state={feature.state} /> → <Badge state={state} />: {MEANS[state]}.
            </p>
            <dl className="facts">
                <dt>When on</dt>
                <dd>{text?.on}</dd>
                <dt>When off</dt>
                <dd>{text?.off}</dd>
                <dt>Whatever it is</dt>
                <dd>{text?.anyway}</dd>
            </dl>
            {state === 'off' ? (
                <Note tone="warn" title="This stops">
                    {text?.off}
                </Note>
            ) : null}
            {state === 'dryrun' && feature.state === 'on' ? (
                <Note>
                    Moves that have begun are carried out; nothing new begins. The page Plan shows what it would do.
                </Note>
            ) : null}
        </ActionDialog>
    );
}
