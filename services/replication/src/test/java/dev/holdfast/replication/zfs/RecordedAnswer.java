package dev.holdfast.replication.zfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command of a real ZFS once said: {@code infra/ci/openzfs-vm record} and {@code infra/ci/record-zfs-fuse} write
 * these files.
 *
 * @param command as it was run, in one line
 */
record RecordedAnswer(String command, int exitCode, List<String> output, String stderr) {

    private static final String COMMAND = "# command: ";
    private static final String EXIT_CODE = "# exit code: ";
    private static final String STDERR = "# stderr:";

    /** @param name folder and file, for example {@code openzfs/guest} */
    static RecordedAnswer of(String name) {
        List<String> lines = lines("/" + name + ".txt");
        int end = lines.contains(STDERR) ? lines.indexOf(STDERR) : lines.size();
        return new RecordedAnswer(
                lines.get(1).substring(COMMAND.length()),
                Integer.parseInt(lines.get(2).substring(EXIT_CODE.length())),
                lines.subList(3, end),
                String.join("\n", lines.subList(Math.min(end + 1, lines.size()), lines.size())));
    }

    private static List<String> lines(String file) {
        try (var in = RecordedAnswer.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the driver gets it. */
    List<String> given() throws ZfsFailed {
        if (exitCode != 0) {
            throw failed();
        }
        return output;
    }

    ZfsFailed failed() {
        return ZfsFailed.exited(List.of(command.split(" ")), exitCode, stderr);
    }
}
