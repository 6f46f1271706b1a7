package org.pombal.cli;

/** A call that did not come about or went wrong; its message is one line for the operator. */
public final class CallFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link org.pombal.commands.ExitCodes}
     * @param message what was tried, with which value, and what to do
     */
    public CallFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CallFailedException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
