package org.pombal.node.doveadm;

import static java.util.Objects.requireNonNull;

import org.pombal.commands.ExitCodes;
import org.pombal.operations.Obstacle;

/** A command was not carried out, or not wholly. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCodes}
     * @param message for the operator
     */
    public CommandFailedException(int exitCode, String message) {
        super(requireNonNull(message, "message is null"), null, false, false);
        this.exitCode = exitCode;
    }

    /** What an obstacle of an operation means to a caller of doveadm. */
    public static CommandFailedException of(Obstacle obstacle) {
        return new CommandFailedException(exitCode(obstacle), obstacle.message());
    }

    private static int exitCode(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.NotFound notFound) {
            return notFound.thing() == Obstacle.Thing.USER ? ExitCodes.NO_USER : ExitCodes.NOT_FOUND;
        }
        return obstacle instanceof Obstacle.Refused ? ExitCodes.DATA : ExitCodes.TEMPORARY;
    }

    public int exitCode() {
        return exitCode;
    }
}
