package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.embedded.EmbeddedCassandraException;
import org.pombal.settings.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells the user of a failed command why, and chooses the exit code. What the user can mend is told in a sentence, its
 * stack trace only logged at debug; anything else is a fault of ours and keeps its stack trace.
 */
final class FailureReport implements IExecutionExceptionHandler {

    private final PrintWriter err;

    FailureReport(PrintWriter err) {
        this.err = requireNonNull(err, "err is null");
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof CommandFailedException failure) {
            return tell(failure, failure.exitCode());
        }
        if (thrown instanceof SettingsException settings) {
            int count = settings.problems().size();
            err.println("pombal: " + (count == 1 ? "a setting is" : count + " settings are") + " wrong:");
            settings.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.CONFIG;
        }
        if (thrown instanceof GeoDbUnavailableException || thrown instanceof EmbeddedCassandraException) {
            return tell(thrown, ExitCode.UNAVAILABLE);
        }
        if (thrown instanceof UnknownOutcomeException) {
            return tell(thrown, ExitCode.TEMPORARY);
        }
        log().error("a fault in Pombal, please report it", thrown);
        return ExitCode.SOFTWARE;
    }

    private int tell(Exception thrown, int exitCode) {
        err.println("pombal: " + thrown.getMessage());
        log().debug("command failed", thrown);
        return exitCode;
    }

    /** Only now: starting the logging takes longer than many a command. */
    private static Logger log() {
        return LoggerFactory.getLogger(FailureReport.class);
    }
}
