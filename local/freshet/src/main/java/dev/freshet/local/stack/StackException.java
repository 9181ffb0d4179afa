package dev.freshet.local.stack;

/** The stack cannot do what was asked; the message is for people and says what to do. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
