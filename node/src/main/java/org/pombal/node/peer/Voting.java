package org.pombal.node.peer;

import java.util.concurrent.CompletionStage;
import org.pombal.model.vote.Vote;

/** This node's vote. */
@FunctionalInterface
public interface Voting {

    /** What it says now to one who wants to hear that, up or down; from any thread. */
    CompletionStage<VoteAnswer> vote(Vote wanted);
}
