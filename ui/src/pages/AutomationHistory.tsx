import { useAutomationSteps } from '../api/automation';
import { Panel } from '../components/Page';
import { Reading } from '../components/Reading';
import { StepTable } from './overview/Automation';

/** What the automation did with something lately, for all who may look. */
export function AutomationHistory({ target }: { target: string }) {
    const steps = useAutomationSteps();
    const own = steps.data?.filter(
        (step) =>
            step.target === target ||
            [step.from, step.to].some((end) => end !== undefined && `backend ${end.replaceAll('"', '')}` === target),
    );
    return (
        <Panel title="What the automation did with it lately">
            <Reading query={steps} what="What the automation did">
                {() =>
                    own === undefined || own.length === 0 ? (
                        <p className="quiet">Nothing, among its latest steps.</p>
                    ) : (
                        <StepTable steps={own} />
                    )
                }
            </Reading>
        </Panel>
    );
}
