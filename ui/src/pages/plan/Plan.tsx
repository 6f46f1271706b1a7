import { usePlans, useSimulation } from '../../api/automation';
import { useFeatures } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Note, NotThere } from '../../components/Note';
import { Page } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Tabs } from '../../components/Tabs';
import { useAddress } from '../../components/useAddress';
import { FEATURES } from '../../layout/features';
import { useSite } from '../../layout/site';
import { Decision } from './Decision';
import { partNamed, PARTS } from './parts';
import { PlanActions } from './PlanActions';
import { Scale } from './Scale';

/** What the automation would do now, why, and what it decided last. */
export function Plan() {
    const { own, site } = useSite();
    const plans = usePlans();
    const features = useFeatures(own);
    const [name, setName] = useAddress('part', PARTS[0].name);
    const [view, setView] = useAddress('view', 'now');
    const part = partNamed(name);
    const isNow = part.simulated && view === 'now';
    const simulation = useSimulation(part.name, isNow);
    const last = plans.data?.find((plan) => plan.name === part.name);
    const state = features.data?.find((feature) => feature.feature === part.feature)?.state;
    return (
        <Page
            title="Plan"
            about={`of site ${own}`}
            actions={<PlanActions part={part} site={own} plan={isNow ? simulation.data : last} />}
        >
            {site === own ? null : (
                <Note>
                    Plans are made by each site’s own controller: this one’s are of site {own}, and say nothing of{' '}
                    {site}.
                </Note>
            )}
            <Tabs
                label="Which part of the automation"
                value={part.name}
                onChange={setName}
                tabs={PARTS.map((each) => [each.name, each.title])}
            />
            <p>
                {FEATURES[part.feature]?.title === part.title ? 'Feature' : FEATURES[part.feature]?.title}{' '}
                <Badge state={state ?? '…'} /> {part.about}{' '}
                <span className="quiet">
                    {state === 'off'
                        ? 'It is off, so nothing is done by itself.'
                        : state === 'dryrun'
                          ? 'In dryrun it decides and shows, and does nothing.'
                          : ''}
                </span>
            </p>
            {part.simulated ? (
                <Tabs
                    label="Which decision"
                    value={view}
                    onChange={setView}
                    tabs={[
                        ['now', 'Would be decided now'],
                        ['last', 'Decided last'],
                    ]}
                />
            ) : null}
            {isNow ? (
                <Reading query={simulation} what="What would be decided now">
                    {(plan) => <Decision part={part} site={own} plan={plan} />}
                </Reading>
            ) : (
                <>
                    {part.of === 'backends' ? <Scale /> : null}
                    <Reading query={plans} what="What was decided last">
                        {() =>
                            last === undefined ? (
                                <NotThere title="It has not decided anything yet">
                                    {state === 'off'
                                        ? 'Set its feature to dryrun, and it shows here what it would do.'
                                        : 'It does when its time comes, or with “Decide now”.'}
                                </NotThere>
                            ) : (
                                <Decision part={part} site={own} plan={last} />
                            )
                        }
                    </Reading>
                </>
            )}
        </Page>
    );
}
