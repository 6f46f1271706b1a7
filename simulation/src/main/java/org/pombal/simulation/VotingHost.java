package org.pombal.simulation;

import java.util.function.Consumer;
import org.pombal.model.vote.Vote;

/** A machine of the electorate, whose vote is given by whichever process of ours runs there. */
record VotingHost(Host host) {

    void ask(Vote wanted, Consumer<Vote> answered) {
        NodeProcess node = host.node();
        if (node instanceof VotingProcess voting) {
            voting.run(() -> answered.accept(voting.vote(wanted)));
        }
    }
}
