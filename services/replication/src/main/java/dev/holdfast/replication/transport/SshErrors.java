package dev.holdfast.replication.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client process says on its standard error, read to its end so that it never waits for us. */
final class SshErrors {

    private static final int MAX_LINES = 20;
    private static final int MAX_LENGTH = 300;

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private SshErrors(InputStream stream) {
        this.reader = Thread.ofVirtual().name("ssh-errors").start(() -> collect(stream));
    }

    static SshErrors read(InputStream stream) {
        return new SshErrors(stream);
    }

    /** Empty if it said nothing. @param millis to wait for its end */
    Optional<String> text(long millis) {
        try {
            reader.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lines) {
            return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lines));
        }
    }

    /** The client's own words, behind a sentence that says what to do if the case is known. */
    static String explain(String said, SshRoute route) {
        SshSettings settings = route.settings();
        String sentence = "";
        if (said.contains("has changed and you have requested")) {
            sentence = "the machine's host key is not the one known for " + route.alias() + " in "
                    + settings.knownHosts() + "; if it was replaced by you, replace its line: ";
        } else if (said.contains("Host key verification failed")) {
            sentence = "no host key of " + route.alias() + " is in " + settings.knownHosts()
                    + "; add the line that 'node ssh-key' prints there: ";
        } else if (said.contains("Permission denied")) {
            sentence = "the machine does not let user " + settings.user() + " in with key " + settings.keyFile()
                    + "; add the line that 'node ssh-key' prints here to the user's authorized_keys there: ";
        } else if (said.contains("administratively prohibited")) {
            sentence = "the line of this node's key in authorized_keys there does not permit " + route.targetText()
                    + ": ";
        } else if (said.contains("open failed: connect failed")) {
            sentence = "sshd lets us in, but nothing listens at " + route.targetText() + " there; is the node on, "
                    + "with transport ssh: ";
        }
        return sentence + said;
    }

    private void collect(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                keep(line.strip());
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    private void keep(String line) {
        // The frame of the warning about a changed key.
        if (line.isEmpty() || line.startsWith("@")) {
            return;
        }
        synchronized (lines) {
            if (lines.size() < MAX_LINES) {
                lines.add(line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line);
            }
        }
    }
}
