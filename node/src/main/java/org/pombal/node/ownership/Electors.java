package org.pombal.node.ownership;

import java.util.function.Consumer;
import org.pombal.model.lease.LeaseEvent;

/** Asks the site's electorate whether GeoDB is up (decision 0010, "When GeoDB is away"). Confined to the loop. */
public interface Electors {

    /** Reads the electorate, to know it when it cannot be read any more. */
    void readElectorate();

    /** Asks whether GeoDB is up those who are the electorate now; {@code answered} is told once. */
    void confirmUp(Consumer<LeaseEvent> answered);

    /**
     * Asks whether GeoDB is down the electorate that was read since the last renewal; {@code answered} is told once.
     *
     * @param renewalBegan when the last renewal that is known to be applied began
     */
    void confirmDown(long renewalBegan, Consumer<LeaseEvent> answered);
}
