package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;

/**
 * What a node says about GeoDB.
 *
 * @param voter who says it
 * @param process random id of the process that says it, new with each start
 */
public record VoteAnswer(VoterId voter, UUID process, Vote vote) {

    private static final String VOTER = "voter";
    private static final String PROCESS = "process";
    private static final String VOTE = "vote";

    public VoteAnswer {
        requireNonNull(voter, "voter is null");
        requireNonNull(process, "process is null");
        requireNonNull(vote, "vote is null");
    }

    Message toMessage() {
        return Message.of(VOTER, voter.value(), PROCESS, process.toString(), VOTE, Names.of(vote));
    }

    static VoteAnswer parse(Message message) throws BadMessageException {
        return new VoteAnswer(
                message.value(VOTER, VoterId::new),
                message.value(PROCESS, UUID::fromString),
                message.value(VOTE, name -> Names.find(Vote.class, name)));
    }
}
