package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pombal.cli.http.HttpClient;
import org.pombal.cli.print.Format;
import org.pombal.cli.print.Heading;
import org.pombal.commands.Arguments;
import org.pombal.commands.Checked;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Column;
import org.pombal.commands.ExitCodes;
import org.pombal.commands.Layout;
import org.pombal.commands.Parameter;
import org.pombal.commands.Refusal;

/** Carries out a command that was parsed: checks it, asks the node, prints. */
final class CommandRun {

    private final String program;
    private final Streams streams;
    private final Options options;

    CommandRun(String program, Streams streams, Options options) {
        this.program = requireNonNull(program, "program is null");
        this.streams = requireNonNull(streams, "streams is null");
        this.options = requireNonNull(options, "options is null");
    }

    /** @return the exit code */
    int run(ParsedCall parsed) throws CallFailedException, OutputClosedException {
        ParsedCall call = new Consent(streams).asked(parsed);
        Parameter file = call.userFile().orElse(null);
        if (file == null) {
            Arguments arguments = checked(call.command(), call.given());
            return one(arguments);
        }
        String name = call.first(file.name());
        checked(call.command(), call.with(file.name(), "user").given()); // whatever else is wrong, before reading
        try (UserFile users = UserFile.open(name, streams.input())) {
            return many(call, file, users);
        } catch (OutputClosedException e) {
            throw e;
        } catch (IOException e) {
            throw new CallFailedException(ExitCodes.DATA, name + " cannot be closed: " + e.getMessage(), e);
        }
    }

    private int one(Arguments arguments) throws CallFailedException, OutputClosedException {
        Complaints complaints = new Complaints(program, streams.err());
        RowSink sink = sink(arguments.command(), complaints);
        try {
            new Call(client()).send(arguments, sink);
        } catch (CallFailedException e) {
            finish(sink, sink.rows() > 0);
            throw e;
        }
        finish(sink, true);
        return complaints.exitCode();
    }

    /** Sends the users of a file in batches. A line that is no user name is told and passed over. */
    private int many(ParsedCall call, Parameter file, UserFile users)
            throws CallFailedException, OutputClosedException {
        Complaints complaints = new Complaints(program, streams.err());
        RowSink sink = sink(call.command(), complaints);
        Call node = new Call(client());
        long sent = 0;
        List<UserFile.Line> batch = users.next();
        if (batch.isEmpty()) {
            throw new CallFailedException(ExitCodes.DATA, users + " has no user in it");
        }
        while (!batch.isEmpty()) {
            List<String> good = good(batch, file, users, complaints);
            if (!good.isEmpty()) {
                try {
                    node.send(
                            checked(
                                    call.command(),
                                    call.with(file.name(), String.join("\n", good))
                                            .given()),
                            sink);
                } catch (CallFailedException e) {
                    finish(sink, sink.rows() > 0);
                    throw new CallFailedException(
                            e.exitCode(),
                            e.getMessage()
                                    + (sent == 0
                                            ? ""
                                            : " Users up to line " + sent + " of " + users
                                                    + " are done, those after it are not."),
                            e);
                }
            }
            sent = batch.get(batch.size() - 1).number();
            batch = users.next();
        }
        finish(sink, true);
        return complaints.exitCode();
    }

    private static List<String> good(List<UserFile.Line> batch, Parameter file, UserFile users, Complaints complaints) {
        List<String> good = new ArrayList<>();
        for (UserFile.Line line : batch) {
            if (file.type().accepts(line.user())) {
                good.add(line.user());
            } else {
                complaints.add(
                        ExitCodes.DATA, "line " + line.number() + " of " + users + " is no user name; passed over");
            }
        }
        return good;
    }

    private static Arguments checked(ClusterCommand command, Map<String, List<String>> given)
            throws CallFailedException {
        Checked checked = command.check(given);
        if (checked instanceof Refusal refusal) {
            throw new CallFailedException(ExitCodes.USAGE, command.words() + ": " + refusal.message());
        }
        return (Arguments) checked;
    }

    private HttpClient client() throws CallFailedException {
        HttpClient client = NodeClient.of(options.node(), streams.environment(), options.timeout());
        if (options.verbose()) {
            streams.err().println(program + ": asking the node at " + client.endpoint());
        }
        return client;
    }

    private RowSink sink(ClusterCommand command, Complaints complaints) throws CallFailedException {
        Format format = options.format().orElse(usual(command.layout()));
        Output output = new Output(streams.out());
        return new RowSink(
                command.columns().stream().map(Column::title).collect(Collectors.toList()),
                format.printer(
                        Heading.of(command),
                        options.hideTitles(),
                        streams.terminal().tableColumns(),
                        output),
                output,
                new ProgressLine(streams.err(), streams.terminal().error(), System::nanoTime),
                complaints);
    }

    private static Format usual(Layout layout) {
        return switch (layout) {
            case TABLE -> Format.TABLE;
            case FLOW -> Format.FLOW;
            case PAGER -> Format.PAGER;
        };
    }

    private static void finish(RowSink sink, boolean print) throws OutputClosedException {
        if (!print) {
            return;
        }
        try {
            sink.finish();
        } catch (OutputClosedException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("printing to a stream that throws nothing", e);
        }
    }
}
