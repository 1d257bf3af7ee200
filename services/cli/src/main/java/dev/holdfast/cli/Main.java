package dev.holdfast.cli;

import dev.holdfast.cli.command.Holdfast;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.Security;

/** The command line's process. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Before anything logs: what Kafka's clients have to say while a broker is away is not for the user's terminal.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "holdfast-cli-logback.xml");
        }
        // Two clusters' nodes may have the same names, one after the other, in one process.
        Security.setProperty("networkaddress.cache.ttl", "0");
        int code = Holdfast.commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args);
        System.exit(code);
    }
}
