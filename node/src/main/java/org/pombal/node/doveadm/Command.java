package org.pombal.node.doveadm;

import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;

/** Carries out one of the cluster commands. */
@FunctionalInterface
public interface Command {

    /** Done when all rows are in the output; fails with {@link CommandFailedException}. Must not block. */
    CompletionStage<Void> run(Arguments arguments, Output output);
}
