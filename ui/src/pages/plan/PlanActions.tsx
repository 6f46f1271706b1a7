import { useState } from 'react';
import { Button } from 'react-aria-components';
import { change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useFeatures } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Note } from '../../components/Note';
import { SwitchDialog } from '../../layout/Features';
import { useMay } from '../../session/caller';
import type { Part } from './parts';

/** What can be done about a part of the automation: have it decide, have it act once, hold it, let it act. */
export function PlanActions({ part, site, plan }: { part: Part; site: string; plan: Schemas['Plan'] | undefined }) {
    const features = useFeatures(site);
    const [dialog, setDialog] = useState<'decide' | 'apply' | 'hold' | 'act'>();
    const feature = features.data?.find((each) => each.feature === part.feature);
    const close = () => setDialog(undefined);
    if (!useMay('operator') || feature === undefined) {
        return null;
    }
    return (
        <>
            {feature.state === 'off' ? null : (
                <Button onPress={() => setDialog('decide')}>
                    {feature.state === 'on' ? 'Decide and act now…' : 'Decide now…'}
                </Button>
            )}
            {feature.state === 'on' ? <Button onPress={() => setDialog('hold')}>Hold…</Button> : null}
            {feature.state === 'on' ? null : <Button onPress={() => setDialog('act')}>Let it act…</Button>}
            {part.once === undefined ? null : (
                <Button className="primary" onPress={() => setDialog('apply')}>
                    Apply once…
                </Button>
            )}
            {dialog === 'decide' || dialog === 'apply' ? (
                <TriggerDialog part={part} apply={dialog === 'apply'} feature={feature} plan={plan} onClose={close} />
            ) : null}
            {dialog === 'hold' || dialog === 'act' ? (
                <SwitchDialog
                    site={site}
                    feature={feature}
                    state={dialog === 'hold' ? 'dryrun' : 'on'}
                    onClose={close}
                />
            ) : null}
        </>
    );
}

interface TriggerProps {
    part: Part;
    apply: boolean;
    feature: Schemas['Feature'];
    plan: Schemas['Plan'] | undefined;
    onClose: () => void;
}

function TriggerDialog({ part, apply, feature, plan, onClose }: TriggerProps) {
    const acts = apply || feature.state === 'on';
    const steps = (plan?.steps.length ?? 0) + (plan?.more ?? 0);
    return (
        <ActionDialog
            title={apply ? `${part.title}: apply once` : `${part.title}: decide now`}
            verb={acts ? 'Do it now' : 'Decide now'}
            dangerous={acts}
            onClose={onClose}
            change={change('post', '/api/v1/tasks', { body: { name: (apply ? part.once : undefined) ?? part.name } })}
            done={({ result }) => (
                <Note tone="good" title="It is queued">
                    A worker does it within seconds, as task <code>{result.id}</code>; the plan is then shown here under
                    “Decided last”.
                </Note>
            )}
        >
            {apply ? (
                <p>
                    Groups are moved for whatever is outside the band, however few the samples of the load and whatever
                    the state of the feature, once. All other rules hold: sticky groups, groups that rest after a move,
                    and how many may be on the move at once.
                </p>
            ) : (
                <p>
                    {acts
                        ? 'It decides out of its turn, and does what it decides.'
                        : 'It decides out of its turn; nothing is done.'}
                </p>
            )}
            {acts ? (
                <Note tone={steps === 0 ? 'info' : 'warn'}>
                    {plan === undefined
                        ? 'What it would do is not known yet.'
                        : steps === 0
                          ? 'By what is shown now it would do nothing; by the facts of the moment it may do more.'
                          : `By what is shown now it takes ${steps} steps; it decides anew by the facts of the moment.`}
                </Note>
            ) : null}
        </ActionDialog>
    );
}
