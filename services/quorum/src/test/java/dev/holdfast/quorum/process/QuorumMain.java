package dev.holdfast.quorum.process;

import dev.holdfast.messaging.ClientSettings;
import dev.holdfast.encoding.Codecs;
import dev.holdfast.quorum.QuorumService;
import dev.holdfast.quorum.QuorumSettings;
import dev.holdfast.quorum.QuorumStatus;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A quorum service in a process of its own: {@code QuorumMain BOOTSTRAP NODE FOLDER}. Takes status, pause and resume
 * on standard input, answers each in one line, and ends when its input does.
 */
final class QuorumMain {

    private QuorumMain() {}

    public static void main(String[] args) throws Exception {
        QuorumSettings settings = new QuorumSettings(
                "test", args[1], new ClientSettings(args[0], args[1]), Path.of(args[2]));
        try (QuorumService service = new QuorumService(settings, Codecs.derivingIds())) {
            service.start();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line) {
                    case "pause" -> System.out.println("> " + service.pauseHere(Duration.ofSeconds(20)));
                    case "resume" -> {
                        service.resumeHere();
                        System.out.println("> true");
                    }
                    default -> {
                        QuorumStatus status = service.status();
                        System.out.println("> " + status + " caughtUp=" + status.isCaughtUp());
                    }
                }
                System.out.flush();
            }
        }
    }
}
