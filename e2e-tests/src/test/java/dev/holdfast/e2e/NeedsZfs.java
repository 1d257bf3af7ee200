package dev.holdfast.e2e;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** Skips a test, with the reason and the remedy, where there is no ZFS. */
final class NeedsZfs {

    private NeedsZfs() {}

    static void orSkip() {
        String install = "; infra/ci/prepare installs it (apt-get install zfs-fuse) and starts it";
        try {
            int status = new ProcessBuilder("zpool", "list").redirectErrorStream(true).start().waitFor();
            Assumptions.assumeTrue(status == 0, "ZFS does not answer" + install);
        } catch (IOException missing) {
            Assumptions.abort("no ZFS here: " + missing.getMessage() + install);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "pools are made by root only");
    }
}
