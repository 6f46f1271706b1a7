package org.pombal.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/** Standard output, which notices when its reader is gone: a list of millions of rows need not go on then. */
final class Output implements Appendable {

    private final PrintStream stream;

    Output(PrintStream stream) {
        this.stream = requireNonNull(stream, "stream is null");
    }

    @Override
    public Output append(CharSequence text) {
        stream.append(text);
        return this;
    }

    @Override
    public Output append(CharSequence text, int start, int end) {
        stream.append(text, start, end);
        return this;
    }

    @Override
    public Output append(char c) {
        stream.append(c);
        return this;
    }

    /** @throws OutputClosedException if nobody reads any more */
    void flush() throws OutputClosedException {
        if (stream.checkError()) {
            throw new OutputClosedException();
        }
    }
}
