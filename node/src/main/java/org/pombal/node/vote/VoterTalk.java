package org.pombal.node.vote;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;
import org.pombal.node.peer.VoteAnswer;

/** Asks another node for its vote. */
@FunctionalInterface
public interface VoterTalk {

    /** Fails if there is no answer within the limit. */
    CompletionStage<VoteAnswer> vote(SiteId site, VoterId voter, Vote wanted, Duration limit);
}
