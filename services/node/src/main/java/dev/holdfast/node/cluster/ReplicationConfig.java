package dev.holdfast.node.cluster;

import dev.holdfast.replication.transport.BadSetting;
import dev.holdfast.replication.transport.SshSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * How one node sends volumes to the others and receives theirs. Only node.yaml holds it: keys are a machine's own, and
 * so is what its line carries.
 *
 * @param ssh            how to log in to the other machines; empty means straight TCP
 * @param bytesPerSecond most that this node sends, all transfers together; empty means no limit
 */
public record ReplicationConfig(Optional<Ssh> ssh, OptionalLong bytesPerSecond) {
    /** Straight TCP without a limit. */
    public static final ReplicationConfig DEFAULT = new ReplicationConfig(Optional.empty(), OptionalLong.empty());

    static final String FIELD = "replication";

    /**
     * @param user       account on every other machine
     * @param port       of every other machine's sshd
     * @param keyFile    private key of this node; empty means the one in its folder
     * @param knownHosts host keys of the other machines; empty means the file in its folder
     */
    public record Ssh(String user, int port, Optional<Path> keyFile, Optional<Path> knownHosts) {

        /** @throws InvalidConfig naming the first field that breaks its rule */
        public Ssh {
            Path other = Path.of("/");
            checked(() -> new SshSettings(user, port, keyFile.orElse(other), knownHosts.orElse(other)));
        }

        /** @throws InvalidConfig if the node's folder has a name that ssh would not take as it is */
        public SshSettings settings(NodeFolder folder) {
            return checked(() -> new SshSettings(
                    user, port, keyFile.orElse(folder.replicationKey()), knownHosts.orElse(folder.knownHosts())));
        }
    }

    /** @throws InvalidConfig naming the first field that breaks its rule */
    public ReplicationConfig {
        InvalidConfig.require(bytesPerSecond.isEmpty() || bytesPerSecond.getAsLong() >= 1, FIELD + ".bytesPerSecond",
                bytesPerSecond.orElse(0), "must be 1 or more, or left out");
    }

    /** What is given, or the same refusal under the name that the file has for it. */
    public static <T> T checked(Supplier<T> given) {
        try {
            return given.get();
        } catch (BadSetting bad) {
            throw new InvalidConfig(FIELD + "." + bad.field(), bad.value(), bad.rule());
        }
    }
}
