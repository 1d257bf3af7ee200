package dev.holdfast.cli.demo;

/** Hears each transition as it is noticed. Called from the client's threads, in order; it must not block. */
public interface LoadListener {

    /** Hears nothing. */
    LoadListener NONE = new LoadListener() {
        @Override
        public void lost(long lastAnswerAt) {
        }

        @Override
        public void answering(Gap gap) {
        }
    };

    /**
     * The database does not answer any more.
     *
     * @param lastAnswerAt {@link System#nanoTime} of the last answer
     */
    void lost(long lastAnswerAt);

    /** It answers again: the gap has ended. */
    void answering(Gap gap);
}
