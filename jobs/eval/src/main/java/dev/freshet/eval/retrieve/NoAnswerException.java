package dev.freshet.eval.retrieve;

/** The query API did not answer a question within its deadline. */
final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }
}
