package org.pombal.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Plays Dovecot's login processes: takes a {@link LoadCommand} a line, answers with a {@link LoadResult}. */
public final class LoadGenerator {

    private LoadGenerator() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = StandardStreams.input();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                StandardStreams.say(run(LoadCommand.parse(line)).toLine());
            } catch (IOException | IllegalStateException e) {
                StandardStreams.say("failed: " + e);
            }
        }
    }

    private static LoadResult run(LoadCommand command) throws IOException {
        List<LoginConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < command.connections(); i++) {
                connections.add(LoginConnection.open(command.socket(), command.hostExpected()));
            }
            return command.kind() == LoadCommand.Kind.STEADY
                    ? new SteadyLoad(command, connections).run()
                    : new ManyInFlight(command, connections).run();
        } finally {
            for (LoginConnection connection : connections) {
                connection.close();
            }
        }
    }
}
