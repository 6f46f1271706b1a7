package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code pombal completion}: what makes bash complete pombal's commands and options. */
@Command(
        name = "completion",
        description = {"Prints a script that makes bash complete commands and options:", "source <(pombal completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final PrintWriter out;
    private final Supplier<CommandLine> program;

    /** @param program pombal with all of its commands, those of the cluster too */
    CompletionCommand(PrintWriter out, Supplier<CommandLine> program) {
        this.out = requireNonNull(out, "out is null");
        this.program = requireNonNull(program, "program is null");
    }

    @Override
    public Integer call() {
        out.print(AutoComplete.bash("pombal", program.get()));
        return ExitCode.OK;
    }
}
