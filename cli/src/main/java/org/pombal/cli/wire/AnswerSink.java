package org.pombal.cli.wire;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the rows of an answer as they come. */
public interface AnswerSink {

    /** @param values by column; null for what is not known */
    void row(Map<String, @Nullable String> values) throws IOException;

    /** How far a command is that is still at work. */
    void progress(String text) throws IOException;

    /** Something failed while the command goes on with the rest. */
    void failed(int exitCode, String message);
}
