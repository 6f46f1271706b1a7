package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.commands.Arguments;
import org.pombal.commands.Checked;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.ExitCodes;
import org.pombal.commands.Refusal;
import org.pombal.model.failure.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the commands of a request, one after another, each answered before the next begins. */
public final class Execution {

    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    /** Exit code beside error types that say all. */
    private static final int NONE = 0;

    private final CommandSet commands;
    private final OtherCommands others;

    /** What becomes of commands that are not of the cluster. */
    @FunctionalInterface
    public interface OtherCommands {

        /** The answer to the call as one element of doveadm's JSON; empty if nobody knows the command. */
        CompletionStage<Optional<byte[]>> answer(Call call);
    }

    public Execution(CommandSet commands, OtherCommands others) {
        this.commands = requireNonNull(commands, "commands is null");
        this.others = requireNonNull(others, "others is null");
    }

    CompletionStage<Void> run(List<Call> calls, AnswerStream stream, String operator) {
        CompletionStage<Void> all = stream.write(bytes("["), false);
        boolean first = true;
        for (Call call : calls) {
            String separator = first ? "" : ",";
            first = false;
            all = all.thenCompose(done -> stream.write(bytes(separator), false))
                    .thenCompose(done -> run(call, stream, operator));
        }
        return all.thenCompose(done -> stream.write(bytes("]"), false));
    }

    private CompletionStage<Void> run(Call call, AnswerStream stream, String operator) {
        Optional<ClusterCommand> command = CommandCatalog.find(call.name());
        if (command.isEmpty()) {
            return others.answer(call)
                    .exceptionally(
                            failure -> Optional.of(error(FailureText.unwrap(failure), call, "a command of Dovecot's")))
                    .thenCompose(answer -> stream.write(
                            answer.orElseGet(() -> JsonAnswer.error("unknownMethod", NONE, unknown(call), call.tag())),
                            false));
        }
        Checked checked = command.get().check(call.parameters());
        if (checked instanceof Refusal refusal) {
            return stream.write(
                    JsonAnswer.error(
                            "invalidRequest", NONE, command.get().words() + ": " + refusal.message(), call.tag()),
                    false);
        }
        return run(command.get(), (Arguments) checked, call, stream, operator);
    }

    private static String unknown(Call call) {
        return "there is no command '" + call.name()
                + "' of the cluster; a command of Dovecot's is passed on if it names one user";
    }

    private CompletionStage<Void> run(
            ClusterCommand command, Arguments arguments, Call call, AnswerStream stream, String operator) {
        RowOutput output = new RowOutput(stream, command, operator);
        CompletionStage<Void> running;
        try {
            log.atInfo().addKeyValue("operator", operator).log("{} {}", command.words(), shown(arguments.values()));
            running = commands.of(command).run(arguments, output);
        } catch (RuntimeException e) {
            running = failedFuture(e);
        }
        return running.thenCompose(done -> output.end(call.tag())).exceptionallyCompose(failure -> {
            Throwable cause = FailureText.unwrap(failure);
            if (cause instanceof ClosedChannelException) {
                return failedFuture(cause);
            }
            if (!output.hasBegun()) {
                return stream.write(error(cause, call, command.words()), false);
            }
            Row row = cause instanceof CommandFailedException failed
                    ? Row.failure(String.valueOf(failed.getMessage()), failed.exitCode())
                    : Row.failure(internal(cause, command.words()), ExitCodes.SOFTWARE);
            return output.rows(List.of(row)).thenCompose(done -> output.end(call.tag()));
        });
    }

    /** What is long, as a list of users, is not logged whole. */
    private static String shown(Map<String, String> values) {
        String text = values.toString().replace('\n', ' ');
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static byte[] error(Throwable cause, Call call, String what) {
        return cause instanceof CommandFailedException failed
                ? JsonAnswer.error("exitCode", failed.exitCode(), String.valueOf(failed.getMessage()), call.tag())
                : JsonAnswer.error("internalError", ExitCodes.SOFTWARE, internal(cause, what), call.tag());
    }

    private static String internal(Throwable cause, String what) {
        log.error("internal error in {}", what, cause);
        return "a fault in Pombal, see the node's log: " + cause;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The rows of one command; doveadm's answer begins with the first of them, so that until then it may still be an error. */
    private static final class RowOutput implements Output {

        private final AnswerStream stream;
        private final ClusterCommand command;
        private final String operator;
        private boolean begun;
        private boolean hasRows;

        RowOutput(AnswerStream stream, ClusterCommand command, String operator) {
            this.stream = stream;
            this.command = command;
            this.operator = operator;
        }

        synchronized boolean hasBegun() {
            return begun;
        }

        @Override
        public CompletionStage<Void> rows(List<Row> rows) {
            // Whoever waits for progress shall see it come.
            return write(rows, rows.stream().anyMatch(Row::isNote));
        }

        @Override
        public void progress(String text) {
            write(List.of(Row.progress(text)), true).exceptionally(failure -> {
                log.debug("nobody listens to the progress any more: {}", failure.toString());
                return null;
            });
        }

        private synchronized CompletionStage<Void> write(List<Row> rows, boolean now) {
            if (rows.isEmpty()) {
                return completedFuture(null);
            }
            byte[] json = JsonAnswer.rows(rows, command.columns(), !hasRows);
            CompletionStage<Void> room = begun ? completedFuture(null) : stream.write(JsonAnswer.BEGIN, false);
            begun = true;
            hasRows = true;
            CompletionStage<Void> after = stream.write(json, now);
            return room.thenCompose(done -> after);
        }

        synchronized CompletionStage<Void> end(String tag) {
            if (!begun) {
                begun = true;
                stream.write(JsonAnswer.BEGIN, false).exceptionally(failure -> null);
            }
            return stream.write(JsonAnswer.end(tag), false);
        }

        @Override
        public String operator() {
            return operator;
        }
    }
}
